package io.retally.jobs.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The job's arguments, all of the form {@code --name value}, and one variable of the environment.
 *
 * @param kafkaBootstrap {@code --kafka.bootstrap host:port[,host:port]}
 * @param topicPrefix {@code --topic.prefix}; default {@code retally}
 * @param findings {@code --findings FILE}, written where the job is submitted from
 * @param mongodbUri variable {@value #MONGODB_URI}, the connector's: it may hold a password, which arguments show to everyone
 * @param mongodbDatabase {@code --mongodb.database}; default {@code coaching}
 */
public record AuditConfig(
        String kafkaBootstrap, String topicPrefix, Path findings, String mongodbUri, String mongodbDatabase) {

    static final String MONGODB_URI = "RETALLY_MONGODB_URI";

    private static final Map<String, String> DEFAULTS =
            Map.of("topic.prefix", "retally", "mongodb.database", "coaching");
    private static final List<String> REQUIRED = List.of("kafka.bootstrap", "findings");

    /**
     * Reads the arguments and the environment.
     *
     * @throws IllegalArgumentException that names all that is wrong with them
     */
    public static AuditConfig parse(Map<String, String> environment, String... arguments) {
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
        String uri = environment.getOrDefault(MONGODB_URI, "");
        if (!uri.startsWith("mongodb://") && !uri.startsWith("mongodb+srv://")) {
            problems.add("variable " + MONGODB_URI + " must hold MongoDB's connection string");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(Operators.JOB + ": " + String.join("; ", problems));
        }
        return new AuditConfig(
                values.getOrDefault("kafka.bootstrap", ""),
                values.getOrDefault("topic.prefix", ""),
                Path.of(values.getOrDefault("findings", "")),
                uri,
                values.getOrDefault("mongodb.database", ""));
    }

    /** Without the connection string, which may hold a password. */
    @Override
    public String toString() {
        return "AuditConfig[kafkaBootstrap=" + kafkaBootstrap + ", topicPrefix=" + topicPrefix + ", findings="
                + findings + ", mongodbDatabase=" + mongodbDatabase + "]";
    }
}
