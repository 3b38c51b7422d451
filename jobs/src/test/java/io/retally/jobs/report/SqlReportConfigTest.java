package io.retally.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Arguments are read once, and all that is wrong with them is said at once. */
class SqlReportConfigTest {

    @Test
    void everyArgumentHasItsPlace() {
        assertThat(SqlReportConfig.parse(
                        "run",
                        "--catalog",
                        "c.sql",
                        "--var",
                        "a=1",
                        "--var",
                        "b=x=y",
                        "--conf",
                        "conf",
                        "--checkpoints",
                        "dir",
                        "r.sql"))
                .isEqualTo(new SqlReportConfig(
                        SqlReportConfig.Command.RUN,
                        Path.of("c.sql"),
                        Map.of("a", "1", "b", "x=y"),
                        Path.of("conf"),
                        Path.of("dir"),
                        null,
                        List.of(Path.of("r.sql"))));
    }

    @Test
    void aShellReadsTheTablesAndTakesNoFile() {
        SqlReportConfig shell = SqlReportConfig.parse("shell", "--catalog", "c.sql", "--reader", "r");
        assertThat(shell.reader()).isEqualTo("r");
        assertThat(shell.files()).isEmpty();
        assertThatThrownBy(() -> SqlReportConfig.parse("shell", "--catalog", "c.sql", "a.sql"))
                .hasMessageContainingAll("a shell takes no file", "--reader goes with shell");
        assertThatThrownBy(() -> SqlReportConfig.parse("check", "--catalog", "c.sql", "--reader", "r", "a.sql"))
                .hasMessageContaining("--reader goes with shell");
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        assertThatThrownBy(() -> SqlReportConfig.parse("start", "--var", "a", "--epoch", "--conf", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("sql-report: ")
                .hasMessageContainingAll(
                        "'start' is none of the commands [LIST, CHECK, EXPLAIN, RUN, SHELL]",
                        "--var takes NAME=VALUE, not a",
                        "unknown argument --epoch",
                        "--catalog is missing",
                        "no file is given",
                        "--conf and --checkpoints go together");
        assertThatThrownBy(() -> SqlReportConfig.parse("run", "--catalog", "c", "a.sql", "b.sql"))
                .hasMessageContaining("each report is a job of its own");
    }
}
