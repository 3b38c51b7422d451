package io.retally.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';', '${a}'",
                "SELECT 'it''s; ${a}'",
                "SELECT `a;b`",
                "SELECT 1 -- ; ${a} '\n, 2",
                "SELECT 1 // ; ` ${a}\n, 2",
                "SELECT 1 /* ; ' -- ${a} */ , 2",
                "SELECT '--', 1, '/*', 2",
                "SELECT 1 - -1",
            })
    void semicolonsAndVariablesInStringsNamesAndCommentsMeanNothing(String statement) {
        SqlText sql = new SqlText("f", "\n  " + statement + " ; SELECT 2;;\n-- end;");
        assertThat(sql.statements()).extracting(sql::of).containsExactly(statement, "SELECT 2");
        assertThat(sql.variables()).isEmpty();
    }

    @Test
    void theLastStatementNeedsNoSemicolonAndACommentIsNone() {
        SqlText sql = new SqlText("f", "A; B -- b\n");
        assertThat(sql.statements()).extracting(sql::of).containsExactly("A", "B");
        assertThat(new SqlText("f", "-- only a comment\n").statements()).isEmpty();
    }

    @Test
    void findsVariablesAndHints() {
        SqlText sql = new SqlText("f", "SELECT /*+ STATE_TTL('a' = '1d') */ ${days},\n ${two words}");
        assertThat(sql.variables()).extracting(SqlText.Variable::name).containsExactly("days");
        assertThat(sql.hints()).extracting(sql::of).containsExactly("/*+ STATE_TTL('a' = '1d') */");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A;\n B 'open", "A;\n B `open", "A;\n B /* open;"})
    void saysWhereSomethingOpenBegins(String text) {
        assertThatThrownBy(() -> new SqlText("reports/x.sql", text))
                .hasMessageStartingWith("reports/x.sql:2:4: this ")
                .hasMessageContaining("is not ended. Next: end it with ");
    }

    @Test
    void aBoundStatementKeepsItsPlace() {
        SqlText sql = new SqlText("f", "A;\n  SELECT ${n}, x,\n ${n} + y;");
        BoundStatement bound = new BoundStatement(sql, sql.statements().get(1), name -> "1234567");
        assertThat(bound.text()).isEqualTo("\n  SELECT 1234567, x,\n 1234567 + y");
        assertThat(bound.begin()).isEqualTo(new SqlText.Place(2, 3));
        // x, behind a literal that is three longer than its variable
        assertThat(bound.place(2, 19)).isEqualTo(new SqlText.Place(2, 16));
        // within the literal
        assertThat(bound.place(2, 12)).isEqualTo(new SqlText.Place(2, 10));
        assertThat(bound.place(2, 3)).isEqualTo(new SqlText.Place(2, 3));
        assertThat(bound.place(3, 12)).isEqualTo(new SqlText.Place(3, 9));
    }
}
