package io.retally.devkit.load.oulad;

import io.retally.devkit.load.Documents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * The presentations as programs. Lessons are the sites, none required, and the assessments, of one question each; they
 * stand in the order of week and date, sites before assessments, ids last. A site without a week is there from the start.
 */
final class OuladPrograms {

    private static final int PASS_PERCENT = 40;
    private static final int DAYS_OF_WEEK = 7;

    private final Path folder;
    private final Map<String, Presentation> presentations;
    private final Map<String, List<PlannedLesson>> plans = new HashMap<>();

    private record PlannedLesson(int day, boolean assessed, int id, BsonDocument document) {}

    OuladPrograms(Path folder, Map<String, Presentation> presentations, Map<Integer, Assessment> assessments) {
        this.folder = folder;
        this.presentations = presentations;
        addSites();
        assessments.values().forEach(this::add);
    }

    List<BsonDocument> documents() {
        return presentations.values().stream().map(this::program).toList();
    }

    private BsonDocument program(Presentation presentation) {
        List<BsonDocument> lessons = plan(presentation.name()).stream()
                .sorted(Comparator.comparingInt(PlannedLesson::day)
                        .thenComparing(PlannedLesson::assessed)
                        .thenComparingInt(PlannedLesson::id))
                .map(PlannedLesson::document)
                .toList();
        return Documents.program(
                new BsonString(presentation.name()),
                OuladReferences.ACCOUNT_ID,
                presentation.module() + " " + presentation.code(),
                "course",
                PASS_PERCENT,
                lessons);
    }

    private void addSites() {
        try (OuladTable table = OuladTable.open(
                folder,
                "vle",
                "id_site",
                "code_module",
                "code_presentation",
                "activity_type",
                "week_from",
                "week_to")) {
            while (table.next()) {
                int id = table.number(0);
                Integer week = table.numberIfAny(4);
                String title = table.text(3) + " " + id;
                plan(Presentation.name(table.text(1), table.text(2)))
                        .add(new PlannedLesson(
                                week == null ? 0 : week * DAYS_OF_WEEK,
                                false,
                                id,
                                Documents.lesson(new BsonInt32(id), title, 0, false, List.of())));
            }
        }
    }

    private void add(Assessment assessment) {
        BsonInt32 id = new BsonInt32(assessment.id());
        String title = assessment.type() + " " + assessment.id();
        plan(assessment.presentation())
                .add(new PlannedLesson(
                        assessment.day(),
                        true,
                        assessment.id(),
                        Documents.lesson(id, title, 0, assessment.required(), List.of(id))));
    }

    private List<PlannedLesson> plan(String presentation) {
        return plans.computeIfAbsent(presentation, name -> new ArrayList<>());
    }
}
