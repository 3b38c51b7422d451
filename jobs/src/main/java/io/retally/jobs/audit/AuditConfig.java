package io.retally.jobs.audit;

import io.retally.jobs.config.Arguments;
import io.retally.jobs.kafka.KafkaCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The job's arguments, all of the form {@code --name value}, and one variable of the environment.
 *
 * @param kafka {@code --kafka.bootstrap host:port[,host:port]} and {@code --kafka.client FILE}, as of the job rep-progress
 * @param topicPrefix {@code --topic.prefix}; default {@code retally}
 * @param findings {@code --findings FILE}, written where the job is submitted from
 * @param mongodbUri variable {@value #MONGODB_URI}, the connector's: it may hold a password, which arguments show to everyone
 * @param mongodbDatabase {@code --mongodb.database}; default {@code coaching}
 */
public record AuditConfig(
        KafkaCluster kafka, String topicPrefix, Path findings, String mongodbUri, String mongodbDatabase) {

    static final String MONGODB_URI = "RETALLY_MONGODB_URI";

    private static final Map<String, String> DEFAULTS =
            Map.of("kafka.client", "", "topic.prefix", "retally", "mongodb.database", "coaching");
    private static final List<String> REQUIRED = List.of("kafka.bootstrap", "findings");

    /**
     * Reads the arguments and the environment.
     *
     * @throws IllegalArgumentException that names all that is wrong with them
     */
    public static AuditConfig parse(Map<String, String> environment, String... arguments) {
        Arguments values = new Arguments(DEFAULTS, REQUIRED, arguments);
        String uri = environment.getOrDefault(MONGODB_URI, "");
        values.require(
                uri.startsWith("mongodb://") || uri.startsWith("mongodb+srv://"),
                "variable " + MONGODB_URI + " must hold MongoDB's connection string");
        KafkaCluster kafka = KafkaCluster.of(values.value("kafka.bootstrap"), values.value("kafka.client"), values);
        values.throwProblems(Operators.JOB);
        return new AuditConfig(
                kafka,
                values.value("topic.prefix"),
                Path.of(values.value("findings")),
                uri,
                values.value("mongodb.database"));
    }

    /** Without the connection string, which may hold a password. */
    @Override
    public String toString() {
        return "AuditConfig[kafka=" + kafka + ", topicPrefix=" + topicPrefix + ", findings=" + findings
                + ", mongodbDatabase=" + mongodbDatabase + "]";
    }
}
