package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.jobs.kafka.KafkaCluster;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.jobs.postgres.TakeOver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                        KafkaCluster.open("k1:9092,k2:9092"),
                        "night",
                        "acme",
                        new PostgresTarget("jdbc:postgresql://db:5432/retally", "publisher"),
                        TakeOver.CAUGHT_UP));
    }

    @Test
    void kafkasClientsAreSetByAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("client.properties"),
                "security.protocol=SSL\nssl.truststore.location=/ca.pem\nssl.key.password=${file:/secrets:key}\n");
        assertThat(withKafkaClient(file).kafka())
                .isEqualTo(new KafkaCluster(
                        "k:1",
                        Map.of(
                                "security.protocol", "SSL",
                                "ssl.truststore.location", "/ca.pem",
                                "ssl.key.password", "${file:/secrets:key}")));
    }

    @Test
    void kafkasClientsAreSetWithoutSecretsAndByNothingElse(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("client.properties"),
                "sasl.jaas.config=Login required password=\"hunter2\";\nssl.truststore.pasword=hunter2\ngroup.id=g\n");
        assertThatThrownBy(() -> withKafkaClient(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "must hold no secret: move that of sasl.jaas.config",
                        "has ssl.truststore.pasword, which is no",
                        "has group.id, which is no")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> withKafkaClient(folder.resolve("nowhere")))
                .hasMessageContaining("nowhere cannot be read");
    }

    private static RepProgressConfig withKafkaClient(Path file) {
        return RepProgressConfig.parse(
                "--kafka.bootstrap",
                "k:1",
                "--kafka.client",
                file.toString(),
                "--postgres.url",
                "jdbc:postgresql:retally");
    }

    @Test
    void mostHaveADefault() {
        assertThat(RepProgressConfig.parse("--postgres.url", "jdbc:postgresql:retally", "--kafka.bootstrap", "k:1"))
                .isEqualTo(new RepProgressConfig(
                        KafkaCluster.open("k:1"),
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
