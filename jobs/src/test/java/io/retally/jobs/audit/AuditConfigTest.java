package io.retally.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.retally.jobs.kafka.KafkaCluster;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditConfigTest {
    private static final String URI = "mongodb://u:secret@h/?replicaSet=rs0";

    @Test
    void readsArgumentsAndEnvironment() {
        assertThat(AuditConfig.parse(
                        Map.of(AuditConfig.MONGODB_URI, URI),
                        "--kafka.bootstrap",
                        "k:1",
                        "--findings",
                        "f",
                        "--topic.prefix",
                        "p",
                        "--mongodb.database",
                        "d"))
                .isEqualTo(new AuditConfig(KafkaCluster.open("k:1"), "p", Path.of("f"), URI, "d"));
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuditConfig.parse(Map.of(), "--mongodb.uri", URI, "--findings"))
                .withMessageContainingAll(
                        "unknown argument --mongodb.uri",
                        "--findings needs a value",
                        "--kafka.bootstrap is missing",
                        AuditConfig.MONGODB_URI)
                .withMessageNotContaining("secret");
    }

    @Test
    void showsNoPassword() {
        assertThat(AuditConfig.parse(
                        Map.of(AuditConfig.MONGODB_URI, URI), "--kafka.bootstrap", "k:1", "--findings", "f"))
                .asString()
                .doesNotContain("secret");
    }
}
