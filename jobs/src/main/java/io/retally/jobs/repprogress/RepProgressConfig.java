package io.retally.jobs.repprogress;

import io.retally.jobs.config.Arguments;
import io.retally.jobs.kafka.KafkaCluster;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.jobs.postgres.TakeOver;
import java.util.List;
import java.util.Map;

/**
 * The job's arguments, all of the form {@code --name value}. Everything that concerns the cluster (checkpoints, state,
 * memory) is in Flink's configuration.
 *
 * @param kafka {@code --kafka.bootstrap host:port[,host:port]}, and {@code --kafka.client FILE}: a properties file with the
 *     {@code security.protocol}, {@code ssl.*} and {@code sasl.*} settings of its clients; without it nothing is encrypted
 * @param kafkaGroup {@code --kafka.group}, under which offsets are committed for monitoring; default {@code rep-progress}
 * @param topicPrefix {@code --topic.prefix}; default {@code retally}
 * @param postgres {@code --postgres.url jdbc:postgresql://host:port/database} and {@code --postgres.user}, default {@code
 *     retally_publisher}
 * @param takeOver {@code --take-over at-once|caught-up}: when a job without a savepoint replaces what the tables hold; default
 *     {@code at-once}
 */
public record RepProgressConfig(
        KafkaCluster kafka, String kafkaGroup, String topicPrefix, PostgresTarget postgres, TakeOver takeOver) {

    private static final Map<String, String> DEFAULTS = Map.of(
            "kafka.client",
            "",
            "kafka.group",
            "rep-progress",
            "topic.prefix",
            "retally",
            "postgres.user",
            "retally_publisher",
            "take-over",
            "at-once");
    private static final Map<String, TakeOver> TAKE_OVER =
            Map.of("at-once", TakeOver.AT_ONCE, "caught-up", TakeOver.CAUGHT_UP);
    private static final List<String> REQUIRED = List.of("kafka.bootstrap", "postgres.url");

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException that names all that is wrong with them
     */
    public static RepProgressConfig parse(String... arguments) {
        Arguments values = new Arguments(DEFAULTS, REQUIRED, arguments);
        String url = values.value("postgres.url");
        values.require(
                url.isEmpty() || url.startsWith("jdbc:postgresql:"), "--postgres.url must begin with jdbc:postgresql:");
        values.require(
                !url.contains("password="),
                "--postgres.url must hold no password: put it into the password file that PGPASSFILE names");
        KafkaCluster kafka = KafkaCluster.of(values.value("kafka.bootstrap"), values.value("kafka.client"), values);
        TakeOver takeOver = TAKE_OVER.getOrDefault(values.value("take-over"), TakeOver.AT_ONCE);
        values.require(TAKE_OVER.containsKey(values.value("take-over")), "--take-over must be at-once or caught-up");
        values.throwProblems(Operators.JOB);
        return new RepProgressConfig(
                kafka,
                values.value("kafka.group"),
                values.value("topic.prefix"),
                new PostgresTarget(url, values.value("postgres.user")),
                takeOver);
    }
}
