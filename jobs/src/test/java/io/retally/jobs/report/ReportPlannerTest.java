package io.retally.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the planner says of reports, with the catalogue that is shipped. */
class ReportPlannerTest {

    private static final Path SQL = Path.of("../sql/flink");

    private static final String TABLE =
            "CREATE TABLE names (id STRING NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED) LIKE postgres;\n";

    static List<Path> reports() throws IOException {
        try (Stream<Path> files = Files.list(SQL)) {
            return files.filter(file -> file.toString().endsWith(".sql") && !file.endsWith("catalog.sql"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("reports")
    void everyShippedReportIsPlannedWithUpdatesThatHoldTheRowBefore(Path file) throws IOException {
        ReportFile report = ReportFile.read(file);
        String explained = plan(report, Map.of()).explained();
        assertThat(explained)
                .contains("changelogMode=[I,UB,UA,D]")
                .doesNotContain("changelogMode=[I,UA,D]", "upsertMaterialize=[true]");
        assertThat(report.question()).endsWith("?");
        assertThat(Path.of("../sql/flink/expected").resolve(file.getFileName())).exists();
    }

    @Test
    void aWholeReportIsPlanned() {
        String explained = plan(
                        report("INSERT INTO names SELECT id, name FROM contact WHERE name <> ${n};"),
                        Map.of("n", "a;b"))
                .explained();
        assertThat(explained).contains("a;b").contains("changelogMode=[I,UB,UA,D]");
    }

    @Test
    void theReportOfTheDocumentationIsPlannedAndItsMistakeTold() throws IOException {
        String page = Files.readString(Path.of("../docs/sql.md"));
        String sql = page.split("```sql\n", 2)[1].split("```", 2)[0];
        plan(ReportFile.parse("team_size.sql", sql), Map.of("least", "2"));
        String wrong = sql.replace("t.id = c.team_id", "t.id = c.team");
        assertThatThrownBy(() -> plan(ReportFile.parse("team_size.sql", wrong), Map.of()))
                .satisfies(e -> assertThat(page).contains(String.valueOf(e.getMessage())));
    }

    /** Of one contact, that moves from team to team, rows come from different subtasks. */
    @Test
    void whatIsWrittenRowByRowIsPutInOrderBefore() {
        String collection =
                "CREATE TABLE m (id STRING NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('collection' = 'm') LIKE mongodb;\n";
        ReportPlanner.Plan joined = plan(
                report(collection + "INSERT INTO m SELECT c.id, t.name FROM contact c JOIN team t ON t.id = c.team_id"),
                Map.of());
        assertThat(joined.explained()).contains("upsertMaterialize=[true]");
        assertThat(joined.target().place()).isEqualTo("MongoDB's collection reporting.m");
        ReportPlanner.Plan counted =
                plan(report(collection + "INSERT INTO m SELECT name, MAX(id) FROM contact GROUP BY name"), Map.of());
        assertThat(counted.explained()).contains("changelogMode=[I,UA,D]").doesNotContain("upsertMaterialize=[true]");
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of(
                        "INSERT INTO names SELECT id, nam FROM contact",
                        "r.sql:4:30: Column 'nam' not found",
                        "catalog.sql"),
                Arguments.of(
                        "INSERT INTO names SELECT id, name\nFROM kontact",
                        "r.sql:5:6: Object 'kontact' not found",
                        "catalog.sql"),
                Arguments.of(
                        "INSERT INTO names SELECT ${n}, name, nam FROM contact",
                        "r.sql:4:38: Column 'nam' not found",
                        "catalog.sql"),
                Arguments.of("INSERT INTO names SELEC id", "r.sql:4:", "correct it"),
                Arguments.of("INSERT INTO names SELECT id, at FROM interaction", "r.sql:4:30: ", "needs backticks"),
                Arguments.of(
                        "INSERT INTO names SELECT id, SHOUT(name) FROM contact",
                        "r.sql:4:30: No match found for function",
                        "docs/udfs.md"),
                Arguments.of(
                        "INSERT INTO names SELECT id FROM contact",
                        "r.sql:4:1: Column types of query result and sink",
                        "CAST"),
                Arguments.of(
                        "CREATE VIEW v AS SELECT 'a;b' AS c, d FROM contact",
                        "r.sql:4:37: Column 'd' not found",
                        "catalog.sql"),
                Arguments.of("SELECT 1", "r.sql:4:1: this statement has no place in a report", "INSERT INTO"),
                Arguments.of("SET 'a' = 'b'", "r.sql:4:1: this statement has no place in a report", "INSERT INTO"),
                Arguments.of(
                        "CREATE VIEW v AS SELECT id FROM contact",
                        "r.sql:1:1: the report has no INSERT",
                        "INSERT INTO"),
                Arguments.of(
                        "INSERT INTO names SELECT id, name FROM contact;\nCREATE VIEW v AS SELECT 1",
                        "r.sql:5:1: there is a statement behind the INSERT",
                        "file of its own"),
                Arguments.of(
                        "INSERT INTO names SELECT /*+ STATE_TTL('contact' = '1d') */ id, name FROM contact",
                        "r.sql:4:26: state must not expire",
                        "remove the hint"),
                Arguments.of(
                        "INSERT INTO names SELECT id, CAST(COUNT(*) AS STRING) FROM contact WHERE removed_at > NOW() GROUP BY id",
                        "r.sql:4:1: ",
                        "a view in PostgreSQL"),
                Arguments.of(
                        "CREATE TABLE x (a STRING) LIKE postgres; INSERT INTO x SELECT id FROM contact",
                        "r.sql:4:42: table x has no key",
                        ""),
                Arguments.of(
                        "CREATE TABLE m (id STRING, t STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('collection' = 'm') LIKE mongodb;\n"
                                + "INSERT INTO m SELECT c.id, t.name FROM contact c LEFT JOIN team t ON t.id = c.team_id",
                        "r.sql:5:1: the query has an outer, semi or anti join",
                        "LIKE postgres"),
                Arguments.of(
                        "CREATE TABLE m (id STRING, PRIMARY KEY (id) NOT ENFORCED) LIKE mongodb;\n"
                                + "INSERT INTO m SELECT id FROM contact",
                        "r.sql:5:1: ",
                        "WITH ('collection' = '…') LIKE mongodb"),
                Arguments.of(
                        "CREATE TABLE m (id STRING) WITH ('collection' = 'm') LIKE mongodb;\n"
                                + "INSERT INTO m SELECT id FROM contact",
                        "r.sql:5:1: ",
                        "PRIMARY KEY"),
                Arguments.of(
                        "CREATE TABLE m (d DATE, PRIMARY KEY (d) NOT ENFORCED) WITH ('collection' = 'm') LIKE mongodb;\n"
                                + "INSERT INTO m SELECT LOCAL_DAY(`at`, 'UTC') FROM interaction",
                        "r.sql:5:1: Unsupported type:DATE",
                        "CAST"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void everyMistakeIsToldWithItsPlaceAndWhatToDo(String sql, String message, String nextStep) {
        assertThatThrownBy(() -> plan(report(sql), Map.of()))
                .isInstanceOf(ReportException.class)
                .hasMessageStartingWith(message)
                .satisfies(e -> assertThat(e).hasMessageFindingMatch("Next: .*" + Pattern.quote(nextStep)));
    }

    @Test
    void refusesAVariableThatNobodyDeclares() {
        assertThatThrownBy(() -> plan(report("INSERT INTO names SELECT id, name FROM contact"), Map.of("day", "1")))
                .hasMessageStartingWith("r.sql:1:1: the report has no variable day. Next: it has [n];");
    }

    private static ReportFile report(String sql) {
        return ReportFile.parse("r.sql", "-- What?\n-- @param n STRING 'a rather long one' 'n'\n" + TABLE + sql);
    }

    private static ReportPlanner.Plan plan(ReportFile report, Map<String, String> variables) {
        try {
            return new ReportPlanner(StreamExecutionEnvironment.getExecutionEnvironment())
                    .plan(ReportFile.read(SQL.resolve("catalog.sql")), report, variables);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
