package io.retally.jobs.assignments;

import io.retally.jobs.config.Arguments;
import io.retally.jobs.kafka.KafkaCluster;
import io.retally.jobs.mongo.AssignmentsTarget;
import java.util.List;
import java.util.Map;

/**
 * The job's arguments, all of the form {@code --name value}. Everything that concerns the cluster (checkpoints, state,
 * memory) is in Flink's configuration.
 *
 * @param kafka {@code --kafka.bootstrap host:port[,host:port]} and {@code --kafka.client FILE}, as of the job rep-progress
 * @param kafkaGroup {@code --kafka.group}, under which offsets are committed for monitoring; default {@code lesson-assignments}
 * @param topicPrefix {@code --topic.prefix}; default {@code retally}
 * @param target {@code --mongodb.database}; default {@code coaching}. The connection string is a variable of the environment
 */
public record LessonAssignmentsConfig(
        KafkaCluster kafka, String kafkaGroup, String topicPrefix, AssignmentsTarget target) {

    private static final Map<String, String> DEFAULTS = Map.of(
            "kafka.client",
            "",
            "kafka.group",
            "lesson-assignments",
            "topic.prefix",
            "retally",
            "mongodb.database",
            "coaching");
    private static final List<String> REQUIRED = List.of("kafka.bootstrap");

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException that names all that is wrong with them
     */
    public static LessonAssignmentsConfig parse(String... arguments) {
        Arguments values = new Arguments(DEFAULTS, REQUIRED, arguments);
        KafkaCluster kafka = KafkaCluster.of(values.value("kafka.bootstrap"), values.value("kafka.client"), values);
        values.throwProblems(Operators.JOB);
        return new LessonAssignmentsConfig(
                kafka,
                values.value("kafka.group"),
                values.value("topic.prefix"),
                new AssignmentsTarget(values.value("mongodb.database")));
    }
}
