package io.retally.udfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.udfs.DiscriminationIndex.Respondent;
import io.retally.udfs.OneAnswer.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.TableFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions through the planner, on a cluster, in streaming mode. */
class UdfsITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    private static final int LESSONS = 5;
    private static final int SEGMENTS_TOTAL = 8;

    static List<Class<? extends UserDefinedFunction>> functions() {
        return Udfs.FUNCTIONS;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theExampleGivesWhatThePageSays(Class<? extends UserDefinedFunction> type) throws Exception {
        SqlFunction function = Udfs.describe(type);
        TableResult result = session(cluster("hashmap"), false).executeSql(function.example());
        List<Row> rows = rows(result);
        Row last = rows.get(rows.size() - 1);
        last.setKind(RowKind.INSERT);
        assertThat(last).hasToString("+I[" + function.result() + "]");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theResultHasTheTypeThatThePageSays(Class<? extends UserDefinedFunction> type) {
        SqlFunction function = Udfs.describe(type);
        String nothing = Arrays.stream(function.arguments())
                .map(argument -> "CAST(NULL AS " + argument.substring(argument.indexOf(' ') + 1) + ")")
                .collect(Collectors.joining(", ", function.name() + "(", ")"));
        boolean rows = TableFunction.class.isAssignableFrom(type);
        String query = rows ? "SELECT * FROM LATERAL TABLE(" + nothing + ")" : "SELECT " + nothing;
        DataType result = session(cluster("hashmap"), false)
                .sqlQuery(query)
                .getResolvedSchema()
                .toPhysicalRowDataType();
        assertThat((rows ? result : DataType.getFieldDataTypes(result).get(0))
                        .toString()
                        .replaceAll(" NOT NULL|`", ""))
                .isEqualTo(function.returns());
    }

    /** Rows that come, go and are corrected, also with partial sums before the shuffle, on both kinds of state. */
    @ParameterizedTest
    @CsvSource({"hashmap, false, 1", "rocksdb, false, 2", "rocksdb, true, 3"})
    void videoCoverageFollowsAChangelog(String stateBackend, boolean miniBatch, long seed) throws Exception {
        List<Row> changelog = new ArrayList<>();
        Map<Integer, List<Integer>> kept = randomChangelog(new Random(seed), changelog);

        StreamExecutionEnvironment env = cluster(stateBackend);
        StreamTableEnvironment tables = session(env, miniBatch);
        tables.createTemporaryView(
                "watched",
                tables.fromChangelogStream(
                        env.fromData(
                                changelog,
                                Types.ROW_NAMED(
                                        new String[] {"lesson", "segment", "segments_total"},
                                        Types.INT,
                                        Types.INT,
                                        Types.INT)),
                        Schema.newBuilder()
                                .column("lesson", DataTypes.INT())
                                .column("segment", DataTypes.INT())
                                .column("segments_total", DataTypes.INT())
                                .build()));
        Map<Integer, @Nullable Double> shown = new TreeMap<>();
        for (Row row : rows(tables.executeSql(
                "SELECT lesson, VIDEO_COVERAGE(segment, segments_total) FROM watched GROUP BY lesson"))) {
            Integer lesson = row.getFieldAs(0);
            if (row.getKind() == RowKind.DELETE) {
                shown.remove(lesson);
            } else if (row.getKind() != RowKind.UPDATE_BEFORE) {
                shown.put(lesson, row.getFieldAs(1));
            }
        }
        Map<Integer, @Nullable Double> expected = new TreeMap<>();
        kept.forEach((lesson, segments) -> {
            if (!segments.isEmpty()) {
                CoreRep rep = new CoreRep(110, "UTC", segments, Collections.nCopies(segments.size(), 0L));
                expected.put(lesson, rep.segmentsWatched() / (double) SEGMENTS_TOTAL);
            }
        });
        assertThat(expected).as("some lessons stay, some are gone").hasSizeBetween(1, LESSONS - 1);
        assertThat(shown).isEqualTo(expected);
    }

    /** Fills the changelog with inserts, deletes and corrections; returns the segments that stay, by lesson. */
    private static Map<Integer, List<Integer>> randomChangelog(Random random, List<Row> changelog) {
        Map<Integer, List<Integer>> kept = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            int lesson = random.nextInt(LESSONS);
            List<Integer> segments = kept.computeIfAbsent(lesson, l -> new ArrayList<>());
            int segment = random.nextInt(SEGMENTS_TOTAL + 2) - 1;
            if (segments.isEmpty() || random.nextInt(5) < 2) {
                segments.add(segment);
                changelog.add(Row.ofKind(RowKind.INSERT, lesson, segment, SEGMENTS_TOTAL));
            } else {
                int place = random.nextInt(segments.size());
                if (random.nextBoolean()) {
                    int before = segments.set(place, segment);
                    changelog.add(Row.ofKind(RowKind.UPDATE_BEFORE, lesson, before, SEGMENTS_TOTAL));
                    changelog.add(Row.ofKind(RowKind.UPDATE_AFTER, lesson, segment, SEGMENTS_TOTAL));
                } else {
                    int before = segments.remove(place);
                    changelog.add(Row.ofKind(RowKind.DELETE, lesson, before, SEGMENTS_TOTAL));
                }
            }
        }
        List<Integer> gone = kept.get(0);
        if (gone != null) {
            gone.forEach(segment -> changelog.add(Row.ofKind(RowKind.DELETE, 0, segment, SEGMENTS_TOTAL)));
            gone.clear();
        }
        return kept;
    }

    /** Answers that come, go and are corrected, with partial sums before the shuffle, on the cluster's kind of state. */
    @ParameterizedTest
    @CsvSource({"false, 4", "true, 5"})
    void answersFollowAChangelog(boolean miniBatch, long seed) throws Exception {
        List<Row> changelog = new ArrayList<>();
        List<List<Answer>> kept = randomAnswers(new Random(seed), changelog);

        StreamExecutionEnvironment env = cluster("rocksdb");
        StreamTableEnvironment tables = session(env, miniBatch);
        createAnswers(tables, env, changelog);
        Map<Integer, List<@Nullable Object>> shown = new TreeMap<>();
        for (Row row : rows(tables.executeSql("""
                SELECT question,
                  FIRST_ANSWER(correct, answered_at, id),
                  LATEST_ANSWER(correct, answered_at, id),
                  PROPORTION_CORRECT(correct)
                FROM answer GROUP BY question"""))) {
            Integer question = row.getFieldAs(0);
            if (row.getKind() == RowKind.DELETE) {
                shown.remove(question);
            } else if (row.getKind() != RowKind.UPDATE_BEFORE) {
                List<@Nullable Object> results = new ArrayList<>();
                for (int i = 1; i < row.getArity(); i++) {
                    results.add(row.getField(i));
                }
                shown.put(question, results);
            }
        }
        Map<Integer, List<@Nullable Object>> expected = new TreeMap<>();
        for (int question = 0; question < kept.size(); question++) {
            List<Answer> sorted = AnswersTest.sorted(kept.get(question));
            if (!sorted.isEmpty()) {
                List<@Nullable Object> results = new ArrayList<>();
                results.add(sorted.get(0).correct());
                results.add(sorted.get(sorted.size() - 1).correct());
                results.add(AnswersTest.proportion(sorted));
                expected.put(question, results);
            }
        }
        assertThat(expected).as("some questions stay, one is gone").hasSizeBetween(1, LESSONS - 1);
        assertThat(shown).isEqualTo(expected);
    }

    private static void createAnswers(
            StreamTableEnvironment tables, StreamExecutionEnvironment env, List<Row> changelog) {
        tables.createTemporaryView(
                "answer",
                tables.fromChangelogStream(
                        env.fromData(
                                changelog,
                                Types.ROW_NAMED(
                                        new String[] {"question", "correct", "answered_at", "id"},
                                        Types.INT,
                                        Types.BOOLEAN,
                                        Types.INSTANT,
                                        Types.STRING)),
                        Schema.newBuilder()
                                .column("question", DataTypes.INT())
                                .column("correct", DataTypes.BOOLEAN())
                                .column("answered_at", DataTypes.TIMESTAMP_LTZ(3))
                                .column("id", DataTypes.STRING())
                                .build()));
    }

    /** The grain is the rep: over first answers and scores that change, and retract, themselves. */
    @ParameterizedTest
    @CsvSource({"false, 8", "true, 9"})
    void indicesOfQuestionsFollowAChangelog(boolean miniBatch, long seed) throws Exception {
        List<Row> changelog = new ArrayList<>();
        List<List<Answer>> kept = randomAnswers(new Random(seed), changelog);
        StreamExecutionEnvironment env = cluster("rocksdb");
        StreamTableEnvironment tables = session(env, miniBatch);
        createAnswers(tables, env, changelog);
        tables.executeSql("""
                CREATE TEMPORARY VIEW first_answer AS
                SELECT question, MOD(CHAR_LENGTH(id) + ASCII(REVERSE(id)), 7) AS rep,
                  FIRST_ANSWER(correct, answered_at, id) AS correct
                FROM answer GROUP BY question, MOD(CHAR_LENGTH(id) + ASCII(REVERSE(id)), 7)""");
        Map<Integer, List<@Nullable Object>> shown = new TreeMap<>();
        for (Row row : rows(tables.executeSql("""
                SELECT question, FACILITY(correct), DISCRIMINATION_INDEX(correct, score)
                FROM first_answer
                JOIN (SELECT rep, COUNT(*) FILTER (WHERE correct) AS score FROM first_answer GROUP BY rep) USING (rep)
                GROUP BY question"""))) {
            Integer question = row.getFieldAs(0);
            if (row.getKind() == RowKind.DELETE) {
                shown.remove(question);
            } else if (row.getKind() != RowKind.UPDATE_BEFORE) {
                List<@Nullable Object> results = new ArrayList<>();
                results.add(row.getField(1));
                results.add(row.getField(2));
                shown.put(question, results);
            }
        }
        List<Map<Integer, Boolean>> firstByRep = new ArrayList<>();
        Map<Integer, Long> scores = new HashMap<>();
        for (List<Answer> answers : kept) {
            Map<Integer, Boolean> first = new HashMap<>();
            AnswersTest.sorted(answers).forEach(answer -> first.putIfAbsent(rep(answer), answer.correct()));
            first.forEach((rep, correct) -> scores.merge(rep, correct ? 1L : 0L, Long::sum));
            firstByRep.add(first);
        }
        Map<Integer, List<@Nullable Object>> expected = new TreeMap<>();
        for (int question = 0; question < firstByRep.size(); question++) {
            List<Respondent> respondents = new ArrayList<>();
            firstByRep
                    .get(question)
                    .forEach((rep, correct) -> respondents.add(new Respondent(scores.getOrDefault(rep, 0L), correct)));
            if (!respondents.isEmpty()) {
                List<@Nullable Object> results = new ArrayList<>();
                results.add(respondents.stream().filter(Respondent::correct).count() / (double) respondents.size());
                results.add(QuestionIndicesTest.discriminationOf(respondents));
                expected.put(question, results);
            }
        }
        assertThat(expected).as("some questions stay, one is gone").hasSizeBetween(1, LESSONS - 1);
        assertThat(shown).isEqualTo(expected);
    }

    /** One of seven reps, told by the answer's id. */
    private static int rep(Answer answer) {
        return (answer.id().length() + answer.id().charAt(answer.id().length() - 1)) % 7;
    }

    /** Fills the changelog with inserts, deletes and corrections; returns the answers that stay, by question. */
    private static List<List<Answer>> randomAnswers(Random random, List<Row> changelog) {
        List<List<Answer>> kept = new ArrayList<>();
        for (int question = 0; question < LESSONS; question++) {
            kept.add(new ArrayList<>());
        }
        for (int step = 0; step < 300; step++) {
            int question = random.nextInt(LESSONS);
            List<Answer> answers = kept.get(question);
            if (answers.isEmpty() || random.nextInt(5) < 2) {
                Instant at = Instant.ofEpochSecond(60L * random.nextInt(8));
                Answer answer = new Answer(at, "i" + step, random.nextBoolean());
                answers.add(answer);
                changelog.add(row(RowKind.INSERT, question, answer));
            } else {
                int place = random.nextInt(answers.size());
                Answer before = answers.get(place);
                if (random.nextBoolean()) {
                    Answer after = new Answer(before.at(), before.id(), !before.correct());
                    answers.set(place, after);
                    changelog.add(row(RowKind.UPDATE_BEFORE, question, before));
                    changelog.add(row(RowKind.UPDATE_AFTER, question, after));
                } else {
                    answers.remove(place);
                    changelog.add(row(RowKind.DELETE, question, before));
                }
            }
        }
        kept.get(0).forEach(answer -> changelog.add(row(RowKind.DELETE, 0, answer)));
        kept.get(0).clear();
        return kept;
    }

    private static Row row(RowKind kind, int question, Answer answer) {
        return Row.ofKind(kind, question, answer.correct(), answer.at(), answer.id());
    }

    /** Numbers, and minutes of the same, that come, go and are corrected. */
    @ParameterizedTest
    @CsvSource({"false, 6", "true, 7"})
    void percentilesAndSessionsFollowAChangelog(boolean miniBatch, long seed) throws Exception {
        List<Row> changelog = new ArrayList<>();
        Map<Integer, List<Integer>> kept = randomChangelog(new Random(seed), changelog);
        StreamExecutionEnvironment env = cluster("rocksdb");
        StreamTableEnvironment tables = session(env, miniBatch);
        tables.createTemporaryView(
                "seen",
                tables.fromChangelogStream(env.fromData(
                        changelog,
                        Types.ROW_NAMED(new String[] {"lesson", "number", "other"}, Types.INT, Types.INT, Types.INT))));
        Map<Integer, List<@Nullable Object>> shown = new TreeMap<>();
        for (Row row : rows(tables.executeSql("""
                SELECT lesson,
                  EXACT_PERCENTILE(CAST(number AS BIGINT), 40),
                  SESSIONS(TO_TIMESTAMP_LTZ(number * 60, 0), 1)
                FROM seen GROUP BY lesson"""))) {
            Integer lesson = row.getFieldAs(0);
            if (row.getKind() == RowKind.DELETE) {
                shown.remove(lesson);
            } else if (row.getKind() != RowKind.UPDATE_BEFORE) {
                List<@Nullable Object> results = new ArrayList<>();
                results.add(row.getField(1));
                results.add(row.getField(2));
                shown.put(lesson, results);
            }
        }
        Map<Integer, List<@Nullable Object>> expected = new TreeMap<>();
        kept.forEach((lesson, numbers) -> {
            if (!numbers.isEmpty()) {
                List<@Nullable Object> results = new ArrayList<>();
                results.add(DistributionsTest.percentileOf(numbers, 40));
                results.add(DistributionsTest.sessionsOf(numbers, 1));
                expected.put(lesson, results);
            }
        });
        assertThat(expected).as("some lessons stay, some are gone").hasSizeBetween(1, LESSONS - 1);
        assertThat(shown).isEqualTo(expected);
    }

    private static StreamExecutionEnvironment cluster(String stateBackend) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.configure(new Configuration().set(StateBackendOptions.STATE_BACKEND, stateBackend));
        return env;
    }

    private static StreamTableEnvironment session(StreamExecutionEnvironment env, boolean miniBatch) {
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        if (miniBatch) {
            tables.getConfig().set("table.exec.mini-batch.enabled", "true");
            tables.getConfig().set("table.exec.mini-batch.allow-latency", "100 ms");
            tables.getConfig().set("table.exec.mini-batch.size", "16");
        }
        Udfs.register(tables);
        return tables;
    }

    @SuppressWarnings("try") // close() may be interrupted: then the test is, too
    private static List<Row> rows(TableResult result) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> iterator = result.collect()) {
            iterator.forEachRemaining(rows::add);
        }
        return rows;
    }
}
