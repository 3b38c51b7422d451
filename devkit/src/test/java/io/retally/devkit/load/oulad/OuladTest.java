package io.retally.devkit.load.oulad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.LoadException;
import io.retally.devkit.load.UsableDocuments;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mapping, on invented tables of two presentations. */
final class OuladTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @BeforeEach
    void writeTables() throws IOException {
        Files.createDirectories(folder.resolve("studentVle"));
        table("courses", "code_module,code_presentation,module_presentation_length", "MMM,2013B,240", "NNN,2013J,268");
        table(
                "assessments",
                "code_module,code_presentation,id_assessment,assessment_type,date,weight",
                "MMM,2013B,900,TMA,14,50",
                "MMM,2013B,901,Exam,,100",
                "NNN,2013J,902,CMA,20,0");
        table(
                "vle",
                "id_site,code_module,code_presentation,activity_type,week_from,week_to",
                "501,MMM,2013B,quiz,3,4",
                "502,MMM,2013B,homepage,,",
                "503,NNN,2013J,forumng,,");
        table(
                "studentInfo",
                "code_module,code_presentation,id_student,region,final_result",
                "MMM,2013B,11,Scotland,Pass",
                "MMM,2013B,12,Wales,Withdrawn",
                "NNN,2013J,11,Scotland,Pass");
        table(
                "studentRegistration",
                "code_module,code_presentation,id_student,date_registration,date_unregistration",
                "MMM,2013B,11,-30,",
                "MMM,2013B,12,,-5",
                "NNN,2013J,11,-10,");
        table(
                "studentAssessment",
                "id_assessment,id_student,date_submitted,is_banked,score",
                "900,11,13,0,40",
                "900,12,13,0,39",
                "901,11,240,0,",
                "902,11,-1,1,80");
        table(
                "studentVle/MMM-2013B",
                "id_student,id_site,date,sum_click",
                "11,502,-3,2",
                "12,502,-3,1",
                "11,502,-3,3",
                "11,501,250,1");
        table("studentVle/NNN-2013J", "id_student,id_site,date,sum_click", "11,503,0,4");
    }

    @Test
    void readsTheDocumentsThatInteractionsReferTo() {
        List<ChangeOfDocument> changes = changes();
        assertThat(documents(changes, Collection.ACCOUNTS)).hasSize(1);
        assertThat(documents(changes, Collection.TEAMS))
                .extracting(OuladTest::id)
                .containsExactly(new BsonString("Scotland"), new BsonString("Wales"));
        assertThat(documents(changes, Collection.CONTACTS))
                .extracting(BsonDocument::toJson)
                .containsExactly(
                        "{\"_id\": 11, \"accountId\": \"open-university\", \"name\": \"Student 11\", \"teamId\": \"Scotland\"}",
                        "{\"_id\": 12, \"accountId\": \"open-university\", \"name\": \"Student 12\", \"teamId\": \"Wales\"}");
    }

    @Test
    void aProgramsLessonsAreSitesAndAssessmentsByWeekAndDate() {
        BsonDocument program = documents(changes(), Collection.PROGRAMS).get(0);
        assertThat(id(program)).isEqualTo(new BsonString("MMM-2013B"));
        assertThat(program.getArray("lessons"))
                .extracting(lesson -> lesson.asDocument().toJson())
                .containsExactly(
                        "{\"id\": 502, \"title\": \"homepage 502\", \"videoSeconds\": 0, \"required\": false, \"questionIds\": []}",
                        "{\"id\": 900, \"title\": \"TMA 900\", \"videoSeconds\": 0, \"required\": true, \"questionIds\": [900]}",
                        "{\"id\": 501, \"title\": \"quiz 501\", \"videoSeconds\": 0, \"required\": false, \"questionIds\": []}",
                        "{\"id\": 901, \"title\": \"Exam 901\", \"videoSeconds\": 0, \"required\": false, \"questionIds\": [901]}");
    }

    @Test
    void anEnrolmentWithoutDateCountsFromDayZeroAndKeepsItsWithdrawalBefore() {
        assertThat(documents(changes(), Collection.ENROLLMENTS).get(1).toJson())
                .isEqualTo("{\"_id\": \"MMM-2013B.12\", \"accountId\": \"open-university\", \"contactId\": 12, "
                        + "\"programId\": \"MMM-2013B\", \"enrolledAt\": {\"$date\": \"2013-02-01T00:00:00Z\"}, "
                        + "\"dueAt\": {\"$date\": \"2013-09-28T23:00:00Z\"}, "
                        + "\"withdrawnAt\": {\"$date\": \"2013-01-27T00:00:00Z\"}}");
    }

    @Test
    void everyClickIsOneOpeningWithAnIdOfItsOwn() {
        List<BsonDocument> clicks = interactions("lesson_opened");
        assertThat(clicks).hasSize(2 + 1 + 3 + 1 + 4);
        assertThat(clicks).extracting(OuladTest::id).doesNotHaveDuplicates();
        assertThat(clicks)
                .extracting(OuladTest::id)
                .contains(new BsonString("11.502.-3.1"), new BsonString("11.502.-3.5"), new BsonString("12.502.-3.1"));
    }

    @Test
    void aResultIsAnAnswerAndACompletionAndAnEmptyScoreLeavesOpenWhatIsRight() {
        assertThat(interactions("lesson_completed")).hasSize(4);
        assertThat(interactions("question_answered"))
                .extracting(answer -> id(answer).asString().getValue() + " " + answer.get("correct"))
                .containsExactlyInAnyOrder(
                        "11.900.answered BsonBoolean{value=true}",
                        "12.900.answered BsonBoolean{value=false}",
                        "11.901.answered null",
                        "11.902.answered BsonBoolean{value=true}");
    }

    @Test
    void interactionsOfAllPresentationsComeInTheOrderOfTheirTimeInWakingHours() {
        List<Instant> times = documents(changes(), Collection.INTERACTIONS).stream()
                .map(interaction ->
                        Instant.ofEpochMilli(interaction.getDateTime("at").getValue()))
                .toList();
        assertThat(times).isSorted();
        assertThat(times)
                .allSatisfy(time -> assertThat(time.atZone(DayTimes.LONDON).toLocalTime())
                        .isBetween(LocalTime.of(7, 0), LocalTime.of(23, 0, 1)));
        assertThat(times.get(0).toString()).startsWith("2013-01-29T");
    }

    @Test
    void theSameFolderGivesTheSameDocumentsInTheSameOrder() {
        assertThat(changes()).isEqualTo(changes());
    }

    @Test
    void everyDocumentIsUsableAndCounted() {
        Oulad oulad = Oulad.read(folder, List.of());
        changes()
                .forEach(change ->
                        UsableDocuments.check(change.collection(), Objects.requireNonNull(change.document())));
        assertThat(documents(changes(), Collection.INTERACTIONS)).hasSize((int) oulad.interactions());
    }

    @Test
    void onePresentationAloneHasTheDocumentsThatItHasAmongOthers() {
        List<ChangeOfDocument> alone = new ArrayList<>();
        Oulad.read(folder, List.of("NNN-2013J")).changes().forEachRemaining(alone::add);
        assertThat(documents(alone, Collection.PROGRAMS)).hasSize(1);
        assertThat(changes()).containsAll(alone);
    }

    @Test
    void tellsWhatIsWrongWithTheInput() throws IOException {
        assertThatThrownBy(() -> Oulad.read(folder.resolve("nowhere"), List.of()))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("no folder");
        assertThatThrownBy(() -> Oulad.read(folder, List.of("ZZZ-2013B")))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("MMM-2013B, NNN-2013J");
        table("studentVle/NNN-2013J", "id_student,id_site,date,sum_click", "11,503,5,1", "11,503,4,1");
        assertThatThrownBy(() -> Oulad.read(folder, List.of()))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("NNN-2013J.csv.gz, line 3")
                .hasMessageContaining("rise by date");
        table("studentVle/NNN-2013J", "id_student,id_site,date,sum_click", "11,503,five,1");
        assertThatThrownBy(() -> Oulad.read(folder, List.of()))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("line 2: 'five' is no whole number");
    }

    private List<ChangeOfDocument> changes() {
        List<ChangeOfDocument> changes = new ArrayList<>();
        Oulad.read(folder, List.of()).changes().forEachRemaining(changes::add);
        return changes;
    }

    private List<BsonDocument> interactions(String verb) {
        return documents(changes(), Collection.INTERACTIONS).stream()
                .filter(interaction -> interaction.getString("verb").getValue().equals(verb))
                .toList();
    }

    private static List<BsonDocument> documents(List<ChangeOfDocument> changes, Collection collection) {
        return changes.stream()
                .filter(change -> change.collection() == collection)
                .map(change -> Objects.requireNonNull(change.document()))
                .toList();
    }

    private static BsonValue id(BsonDocument document) {
        return Objects.requireNonNull(document.get("_id"));
    }

    private void table(String name, String... lines) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".csv.gz")))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
    }
}
