package io.retally.jobs.assignments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.jobs.kafka.KafkaCluster;
import io.retally.jobs.mongo.AssignmentsTarget;
import org.junit.jupiter.api.Test;

/** Arguments are read once, and all that is wrong with them is said at once. */
class LessonAssignmentsConfigTest {

    @Test
    void everyArgumentHasItsPlace() {
        assertThat(LessonAssignmentsConfig.parse(
                        "--kafka.bootstrap",
                        "k:1",
                        "--kafka.group",
                        "night",
                        "--topic.prefix",
                        "acme",
                        "--mongodb.database",
                        "training"))
                .isEqualTo(new LessonAssignmentsConfig(
                        KafkaCluster.open("k:1"), "night", "acme", new AssignmentsTarget("training")));
    }

    @Test
    void mostHaveADefault() {
        assertThat(LessonAssignmentsConfig.parse("--kafka.bootstrap", "k:1"))
                .isEqualTo(new LessonAssignmentsConfig(
                        KafkaCluster.open("k:1"), "lesson-assignments", "retally", new AssignmentsTarget("coaching")));
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        assertThatThrownBy(() -> LessonAssignmentsConfig.parse("--postgres.url", "x", "--topic.prefix"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lesson-assignments: unknown argument --postgres.url; --topic.prefix needs a value;"
                        + " --kafka.bootstrap is missing");
    }
}
