package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.jobs.postgres.PostgresTarget;
import io.retally.jobs.postgres.TakeOver;
import org.junit.jupiter.api.Test;

/** Arguments are read once, and all that is wrong with them is said at once. */
class RepProgressConfigTest {

    private static final String[] ALL = {
        "--kafka.bootstrap", "k1:9092,k2:9092",
        "--kafka.group", "night",
        "--topic.prefix", "acme",
        "--postgres.url", "jdbc:postgresql://db:5432/retally",
        "--postgres.user", "publisher",
        "--take-over", "caught-up"
    };

    @Test
    void everyArgumentHasItsPlace() {
        assertThat(RepProgressConfig.parse(ALL))
                .isEqualTo(new RepProgressConfig(
                        "k1:9092,k2:9092",
                        "night",
                        "acme",
                        new PostgresTarget("jdbc:postgresql://db:5432/retally", "publisher"),
                        TakeOver.CAUGHT_UP));
    }

    @Test
    void mostHaveADefault() {
        assertThat(RepProgressConfig.parse("--postgres.url", "jdbc:postgresql:retally", "--kafka.bootstrap", "k:1"))
                .isEqualTo(new RepProgressConfig(
                        "k:1",
                        "rep-progress",
                        "retally",
                        new PostgresTarget("jdbc:postgresql:retally", "retally_publisher"),
                        TakeOver.AT_ONCE));
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        assertThatThrownBy(() -> RepProgressConfig.parse(
                        "--postgres.url",
                        "mysql://db/retally?password=secret",
                        "topic.prefix",
                        "x",
                        "--epoch",
                        "1 s",
                        "--take-over",
                        "soon",
                        "--kafka.group"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rep-progress: unknown argument topic.prefix; unknown argument --epoch;"
                        + " --kafka.group needs a value; --kafka.bootstrap is missing;"
                        + " --postgres.url must begin with jdbc:postgresql:;"
                        + " --postgres.url must hold no password: put it into the password file that PGPASSFILE names;"
                        + " --take-over must be at-once or caught-up");
    }

    @Test
    void noPasswordIsEverShown() {
        assertThatThrownBy(() -> RepProgressConfig.parse(
                        "--kafka.bootstrap", "k:1", "--postgres.url", "jdbc:postgresql://db/retally?password=secret"))
                .hasMessageContaining("must hold no password")
                .hasMessageNotContaining("secret");
    }

    @Test
    void withoutArgumentsTheRequiredOnesAreNamed() {
        assertThatThrownBy(() -> RepProgressConfig.parse())
                .hasMessage("rep-progress: --kafka.bootstrap is missing; --postgres.url is missing");
    }
}
