package io.retally.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFileTest {

    @Test
    void theHeadSaysWhatItIs() {
        ReportFile report = ReportFile.parse("sql/flink/who.sql", """
                -- Who did
                -- what?
                --
                -- More.
                -- @param days INT 7 'how many days'
                -- @param name STRING 'O''Neill; x' 'the rep''s name'

                -- not of the head
                INSERT INTO t SELECT ${days}, ${name};
                """);
        assertThat(report.name()).isEqualTo("who");
        assertThat(report.question()).isEqualTo("Who did what?");
        assertThat(report.parameters())
                .containsExactly(
                        new Parameter("days", Parameter.Type.INT, "7", "how many days"),
                        new Parameter("name", Parameter.Type.STRING, "O'Neill; x", "the rep's name"));
        assertThat(report.bind(Map.of("days", "30")))
                .extracting(statement -> statement.text().strip())
                .containsExactly("INSERT INTO t SELECT 30, 'O''Neill; x'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT | 12 | 12",
                "INT | -1 | -1",
                "BIGINT | 3000000000 | CAST(3000000000 AS BIGINT)",
                "DECIMAL | 1.50 | 1.50",
                "BOOLEAN | true | TRUE",
                "STRING | a'); DROP TABLE x; -- | 'a''); DROP TABLE x; --'",
                "DATE | 2026-11-26 | DATE '2026-11-26'",
            },
            quoteCharacter = '"')
    void aValueBecomesALiteralOfItsType(Parameter.Type type, String value, String literal) {
        assertThat(new Parameter("x", type, value, "").literal(value)).isEqualTo(literal);
    }

    @ParameterizedTest
    @CsvSource({"INT,1.5", "INT,3000000000", "INT,1 OR TRUE", "BOOLEAN,yes", "DATE,2026-02-30", "DECIMAL,1e", "BIGINT,x"
    })
    void refusesAValueOfAnotherType(Parameter.Type type, String value) {
        ReportFile report =
                ReportFile.parse("r.sql", "-- What?\n-- @param x " + type + " " + harmless(type) + " 'x'\nA ${x}");
        assertThatThrownBy(() -> report.bind(Map.of("x", value)))
                .hasMessageStartingWith(
                        "r.sql:2:1: variable x is of type " + type + ", which '" + value + "' is not. Next:");
    }

    private static String harmless(Parameter.Type type) {
        return switch (type) {
            case BOOLEAN -> "true";
            case DATE -> "2026-01-01";
            default -> "1";
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@param x",
                "@param x INT 7",
                "@param x NUMBER 7 'x'",
                "@param x INT seven 'x'",
                "@parm x INT 7 'x'",
            })
    void saysHowAVariableIsDeclared(String declaration) {
        assertThatThrownBy(() -> ReportFile.parse("r.sql", "-- What?\n-- " + declaration + "\nA"))
                .hasMessageStartingWith("r.sql:2:1: ")
                .hasMessageContaining("Next: write it as -- @param NAME TYPE DEFAULT 'what it is'");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThatThrownBy(() -> ReportFile.parse("r.sql", "\nSELECT 1,\n  ${x}, '${y}', ${z}"))
                .hasMessageContainingAll(
                        "r.sql:1:1: the file does not say what it is",
                        "r.sql:3:3: variable 'x' is not declared",
                        "r.sql:3:17: variable 'z' is not declared")
                .hasMessageNotContaining("'y'");
    }
}
