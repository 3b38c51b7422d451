package io.retally.bench.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {
    private static final Set<String> PARAMETERS = Set.of("account", "program", "team", "contact", "lesson", "as_of");

    private static Asking asking(Question question) {
        return new Asking(question, "a1", "p'2", "t3", "c4", "l5", "answers", "desc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serving", "postgres", "mariadb", "duckdb"})
    void eachEngineHasEachQuestionOfTheAccountAskedFor(String engine) {
        Dialect dialect = Dialect.of(engine);
        for (Question question : Question.values()) {
            Dialect.Prepared prepared = dialect.prepared(asking(question));
            assertThat(prepared.parameters())
                    .as("%s", question)
                    .contains("account")
                    .isSubsetOf(PARAMETERS);
            assertThat(prepared.sql())
                    .as("%s", question)
                    .startsWithIgnoringCase(prepared.sql().startsWith("with") ? "with" : "select")
                    .doesNotContain("--", "{", "}", ";");
            assertThat(prepared.sql().chars().filter(c -> c == '?').count())
                    .as("%s", question)
                    .isEqualTo(prepared.parameters().size());
        }
    }

    @Test
    void theTablesAreNotToldTheTime() {
        Dialect dialect = Dialect.of("serving");
        for (Question question : Question.values()) {
            assertThat(dialect.prepared(asking(question)).parameters()).doesNotContain("as_of");
        }
    }

    @Test
    void aCastIsNoParameterAndRepsAreSorted() {
        Dialect.Prepared prepared = Dialect.of("postgres").prepared(asking(Question.REPS));
        assertThat(prepared.parameters()).containsExactly("as_of", "account", "program");
        assertThat(prepared.sql()).contains("?::timestamptz", "order by answers desc nulls last, contact_id");
    }

    @Test
    void valuesAreQuotedAndIncludedFilesAsked() {
        String sql = Dialect.of("mariadb")
                .literal(
                        asking(Question.REPS),
                        "2026-01-02 03:04:05.000006",
                        value -> "'" + value.replace("'", "''") + "'");
        assertThat(sql)
                .startsWith("with\nwork as (")
                .contains(
                        "i.program_id = 'p''2'", "r.due_at < '2026-01-02 03:04:05.000006'", "order by answers is null")
                .doesNotContain("include", ":program", ":account", ":as_of");
    }

    @Test
    void aScriptIsCutIntoItsStatements() {
        assertThat(Dialect.script("duckdb", "tables"))
                .hasSize(8)
                .allSatisfy(statement -> assertThat(statement).startsWith("create table "));
    }
}
