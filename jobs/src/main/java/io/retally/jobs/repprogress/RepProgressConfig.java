package io.retally.jobs.repprogress;

import io.retally.jobs.postgres.PostgresTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The job's arguments, all of the form {@code --name value}. Everything that concerns the cluster (checkpoints, state,
 * memory) is in Flink's configuration.
 *
 * @param kafkaBootstrap {@code --kafka.bootstrap host:port[,host:port]}
 * @param kafkaGroup {@code --kafka.group}, under which offsets are committed for monitoring; default {@code rep-progress}
 * @param topicPrefix {@code --topic.prefix}; default {@code retally}
 * @param postgres {@code --postgres.url jdbc:postgresql://host:port/database} and {@code --postgres.user}, default {@code
 *     retally_publisher}
 */
public record RepProgressConfig(String kafkaBootstrap, String kafkaGroup, String topicPrefix, PostgresTarget postgres) {

    private static final Map<String, String> DEFAULTS =
            Map.of("kafka.group", "rep-progress", "topic.prefix", "retally", "postgres.user", "retally_publisher");
    private static final List<String> REQUIRED = List.of("kafka.bootstrap", "postgres.url");

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException that names all that is wrong with them
     */
    public static RepProgressConfig parse(String... arguments) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!DEFAULTS.containsKey(name) && !REQUIRED.contains(name)) {
                problems.add("unknown argument " + arguments[i]);
            } else if (i + 1 == arguments.length) {
                problems.add(arguments[i] + " needs a value");
            } else {
                values.put(name, arguments[i + 1]);
            }
        }
        REQUIRED.stream()
                .filter(name -> !values.containsKey(name))
                .forEach(name -> problems.add("--" + name + " is missing"));
        String url = values.getOrDefault("postgres.url", "jdbc:postgresql:");
        if (!url.startsWith("jdbc:postgresql:")) {
            problems.add("--postgres.url must begin with jdbc:postgresql:");
        }
        if (url.contains("password=")) {
            problems.add("--postgres.url must hold no password: put it into the password file that PGPASSFILE names");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(Operators.JOB + ": " + String.join("; ", problems));
        }
        return new RepProgressConfig(
                values.getOrDefault("kafka.bootstrap", ""),
                values.getOrDefault("kafka.group", ""),
                values.getOrDefault("topic.prefix", ""),
                new PostgresTarget(url, values.getOrDefault("postgres.user", "")));
    }
}
