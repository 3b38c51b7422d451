package io.retally.devkit.load.oulad;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.Documents;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** All documents but the interactions: the account, teams, programs with their lessons, contacts, enrolments. */
final class OuladReferences {

    static final BsonString ACCOUNT_ID = new BsonString("open-university");

    private final Path folder;
    private final Map<String, Presentation> presentations;
    private final Map<Integer, Assessment> assessments;

    OuladReferences(Path folder, Map<String, Presentation> presentations, Map<Integer, Assessment> assessments) {
        this.folder = folder;
        this.presentations = presentations;
        this.assessments = assessments;
    }

    /** The documents, those that others refer to first. */
    List<ChangeOfDocument> changes() {
        List<ChangeOfDocument> changes = new ArrayList<>();
        changes.add(ChangeOfDocument.insert(
                Collection.ACCOUNTS, Documents.account(ACCOUNT_ID, "Open University", DayTimes.LONDON.getId())));
        Map<Integer, String> regions = regions();
        regions.values().stream()
                .distinct()
                .sorted()
                .map(region -> Documents.team(new BsonString(region), ACCOUNT_ID, region, null))
                .forEach(team -> changes.add(ChangeOfDocument.insert(Collection.TEAMS, team)));
        new OuladPrograms(folder, presentations, assessments)
                .documents()
                .forEach(program -> changes.add(ChangeOfDocument.insert(Collection.PROGRAMS, program)));
        regions.forEach((student, region) -> changes.add(ChangeOfDocument.insert(
                Collection.CONTACTS,
                Documents.contact(new BsonInt32(student), ACCOUNT_ID, "Student " + student, new BsonString(region)))));
        enrollments().forEach(enrollment -> changes.add(ChangeOfDocument.insert(Collection.ENROLLMENTS, enrollment)));
        return changes;
    }

    /** The students' regions, by student. The last row of a student decides; in fact all of one say the same. */
    private Map<Integer, String> regions() {
        Map<Integer, String> regions = new TreeMap<>();
        try (OuladTable table = OuladTable.open(
                folder, "studentInfo", "code_module", "code_presentation", "id_student", "region", "final_result")) {
            while (table.next()) {
                if (presentation(table, 0) != null) {
                    regions.put(table.number(2), table.text(3));
                }
            }
        }
        return regions;
    }

    /** A registration without a date counts from day 0, and is due when the presentation ends. */
    private List<BsonDocument> enrollments() {
        List<BsonDocument> enrollments = new ArrayList<>();
        try (OuladTable table = OuladTable.open(
                folder,
                "studentRegistration",
                "code_module",
                "code_presentation",
                "id_student",
                "date_registration",
                "date_unregistration")) {
            while (table.next()) {
                Presentation presentation = presentation(table, 0);
                if (presentation != null) {
                    int student = table.number(2);
                    Integer registered = table.numberIfAny(3);
                    Integer unregistered = table.numberIfAny(4);
                    enrollments.add(Documents.enrollment(
                            new BsonString(presentation.name() + "." + student),
                            ACCOUNT_ID,
                            new BsonInt32(student),
                            new BsonString(presentation.name()),
                            instant(presentation.date(registered == null ? 0 : registered)),
                            instant(presentation.end()),
                            unregistered == null ? null : instant(presentation.date(unregistered))));
                }
            }
        }
        return enrollments;
    }

    private static Instant instant(LocalDate date) {
        return date.atStartOfDay(DayTimes.LONDON).toInstant();
    }

    /** The presentation that the row is about, if it is one of the chosen. */
    private @Nullable Presentation presentation(OuladTable table, int moduleColumn) {
        return presentations.get(Presentation.name(table.text(moduleColumn), table.text(moduleColumn + 1)));
    }
}
