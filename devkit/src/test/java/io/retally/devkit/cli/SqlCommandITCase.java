package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.devkit.cli.TestingStack.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `./retally sql` says of reports, without a stack. It starts the jobs' jar, so the project must be packaged. */
class SqlCommandITCase {

    @TempDir
    private Path folder;

    @BeforeAll
    static void home() {
        System.setProperty("retally.home", TestingStack.home().toString());
    }

    @AfterAll
    static void noHome() {
        System.clearProperty("retally.home");
    }

    private Path report(String query) throws Exception {
        return Files.writeString(folder.resolve("team_size.sql"), """
                -- How many live reps does each team have?
                --
                -- @param least INT 1 'teams with fewer reps are left out'

                CREATE TABLE team_size (
                  team_id STRING NOT NULL,
                  reps BIGINT NOT NULL,
                  PRIMARY KEY (team_id) NOT ENFORCED
                ) LIKE postgres;

                """ + query);
    }

    @Test
    void listsReportsAndTheirVariables() throws Exception {
        TestingStack stack = new TestingStack(folder);
        assertThat(stack.run("sql", "list"))
                .contains(
                        "cohort_retention: Of the reps who enrolled",
                        "--var second_n=7  INT, the second n, another number")
                .doesNotContain("catalog");
        assertThat(stack.run("sql", "list", report("").toString()))
                .isEqualToIgnoringNewLines("team_size: How many live reps does each team have?"
                        + "  --var least=1  INT, teams with fewer reps are left out");
    }

    @Test
    void saysWhereAReportIsWrongAndPlansItWhenItIsNot() throws Exception {
        TestingStack stack = new TestingStack(folder);
        Path file = report("INSERT INTO team_size\nSELECT team, COUNT(*) FROM contact GROUP BY team;\n");
        Outcome wrong = stack.outcome("sql", "check", file.toString());
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.said()).startsWith(file + ":12:").contains("Column 'team' not found", "Next: ");

        report("INSERT INTO team_size\nSELECT team_id, COUNT(*) FROM contact WHERE team_id IS NOT NULL AND name <> ';'"
                + " GROUP BY team_id HAVING COUNT(*) >= ${least};\n");
        assertThat(stack.run("sql", "check", file.toString())).isEqualToIgnoringNewLines("team_size can be run");
        assertThat(stack.run("sql", "explain", "--var", "least=31", file.toString()))
                .contains("31", "changelogMode=[I,UB,UA,D]");
        Outcome noNumber = stack.outcome("sql", "check", "--var", "least=many", file.toString());
        assertThat(noNumber.exitCode()).isEqualTo(1);
        assertThat(noNumber.said()).contains(file + ":3:1: variable least is of type INT, which 'many' is not.");
    }

    @Test
    void aReportThatIsNotThereAndAStackThatIsNotUpAreTold() throws Exception {
        TestingStack stack = new TestingStack(folder);
        Outcome unknown = stack.outcome("sql", "check", "nothing");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.said()).contains("there is no report nothing", "Next: give a file");
        Outcome down = stack.outcome("sql", "run", "program_comparison");
        assertThat(down.exitCode()).isEqualTo(1);
        assertThat(down.said()).contains("no stack is up");
    }
}
