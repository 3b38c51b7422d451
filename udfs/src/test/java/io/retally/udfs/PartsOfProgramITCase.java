package io.retally.udfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.ledger.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Totals over the parts of programs that come, go and are edited, some of them into what is no usable program. */
class PartsOfProgramITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    private static final int PROGRAMS = 6;

    @ParameterizedTest
    @CsvSource({"hashmap, 10", "rocksdb, 11"})
    void totalsFollowAChangelog(String stateBackend, long seed) throws Exception {
        List<Row> changelog = new ArrayList<>();
        Map<String, Program> kept = randomChangelog(new Random(seed), changelog);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.configure(new Configuration().set(StateBackendOptions.STATE_BACKEND, stateBackend));
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        Udfs.register(tables);
        tables.createTemporaryView(
                "program",
                tables.fromChangelogStream(
                        env.fromData(changelog, Types.ROW_NAMED(new String[] {"document"}, Types.STRING))));

        List<Row> plans = new ArrayList<>();
        Map<List<String>, Long> questions = new HashMap<>();
        kept.forEach((id, program) -> {
            Plan plan = Plan.of(program);
            if (!plan.lessons().isEmpty()) {
                int segments = 0;
                for (Plan.LessonPlan lesson : plan.lessons().values()) {
                    segments += lesson.segmentsTotal();
                }
                plans.add(Row.of(id, (long) plan.lessons().size(), plan.lessonsRequired(), segments));
            }
            for (Lesson lesson : program.lessons()) {
                lesson.questionIds().forEach(question -> questions.merge(List.of(id, question), 1L, Long::sum));
            }
        });
        assertThat(plans).as("some programs stay, some are gone or unusable").hasSizeBetween(1, PROGRAMS - 1);
        assertThat(standing(tables.executeSql("""
                SELECT program_id, COUNT(*), COUNT(*) FILTER (WHERE required), SUM((video_seconds + 14) / 15)
                FROM program, LATERAL TABLE(LESSONS_OF_PROGRAM(document))
                GROUP BY program_id"""))).containsExactlyInAnyOrderElementsOf(plans);
        assertThat(standing(tables.executeSql("""
                SELECT program_id, question_id, COUNT(*)
                FROM program, LATERAL TABLE(QUESTIONS_OF_PROGRAM(document))
                GROUP BY program_id, question_id""")))
                .containsExactlyInAnyOrderElementsOf(questions.entrySet().stream()
                        .map(total ->
                                Row.of(total.getKey().get(0), total.getKey().get(1), total.getValue()))
                        .toList());
    }

    /** Fills the changelog with inserts, deletes and edits; returns the usable programs that stay. */
    private static Map<String, Program> randomChangelog(Random random, List<Row> changelog) {
        Programs programs = new Programs(random);
        Map<String, String> documents = new HashMap<>();
        Map<String, Program> kept = new LinkedHashMap<>();
        for (int step = 0; step < 200; step++) {
            // The last steps leave one program that is unusable, and one that stands.
            String id = "p" + (step < 198 ? random.nextInt(PROGRAMS) : step - 198);
            Program program = step < 198 ? programs.next(id) : programs.withLessons(id);
            boolean usable = step < 198 ? random.nextInt(4) > 0 : step == 199;
            boolean deleted = documents.containsKey(id) && step < 198 && random.nextInt(3) == 0;
            String before = documents.remove(id);
            kept.remove(id);
            String now = usable ? programs.document(program) : programs.unusable(program);
            if (deleted) {
                changelog.add(Row.ofKind(RowKind.DELETE, before));
                continue;
            }
            if (before == null) {
                changelog.add(Row.ofKind(RowKind.INSERT, now));
            } else {
                changelog.add(Row.ofKind(RowKind.UPDATE_BEFORE, before));
                changelog.add(Row.ofKind(RowKind.UPDATE_AFTER, now));
            }
            documents.put(id, now);
            if (usable) {
                kept.put(id, program);
            }
        }
        return kept;
    }

    /** The rows that stand at the end. */
    @SuppressWarnings("try") // close() may be interrupted: then the test is, too
    private static List<Row> standing(TableResult result) throws Exception {
        List<Row> standing = new ArrayList<>();
        try (CloseableIterator<Row> rows = result.collect()) {
            rows.forEachRemaining(row -> {
                boolean added = row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER;
                row.setKind(RowKind.INSERT);
                if (added) {
                    standing.add(row);
                } else {
                    assertThat(standing.remove(row)).as("%s was there", row).isTrue();
                }
            });
        }
        return standing;
    }
}
