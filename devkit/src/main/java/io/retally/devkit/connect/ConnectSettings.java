package io.retally.devkit.connect;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The settings of a Connect worker on loopback, for {@link #MAIN_CLASS}.
 *
 * <p>Distributed, although it is alone: its offsets are in a topic and survive a kill at any moment, where the standalone worker
 * rewrites a file in place; and connectors are registered over REST, as in production.
 *
 * @param bootstrap the broker, {@code host:port}
 * @param restPort of the worker's REST interface, on loopback
 */
public record ConnectSettings(String bootstrap, int restPort) {

    /** Takes one argument, the file that {@link #writeTo} wrote. */
    public static final String MAIN_CLASS = "org.apache.kafka.connect.cli.ConnectDistributed";

    /** The environment variable that the worker reads MongoDB's connection string from. */
    public static final String MONGODB_URI = "RETALLY_MONGODB_URI";

    private static final String BROKER_DEFAULT = "-1";

    /** The worker's properties, by name. */
    public Map<String, String> toMap() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("group.id", "retally-connect");
        properties.put("listeners", "http://127.0.0.1:" + restPort);
        properties.put("rest.advertised.host.name", "127.0.0.1");
        putTopics(properties);
        putRecovery(properties);
        putSecrets(properties);
        properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        // The plugins are on the class path and declare themselves; scanning every class takes seconds.
        properties.put("plugin.discovery", "service_load");
        return properties;
    }

    private static void putTopics(Map<String, String> properties) {
        for (String purpose : new String[] {"config", "offset", "status"}) {
            properties.put(purpose + ".storage.topic", "retally.connect." + purpose);
            properties.put(purpose + ".storage.replication.factor", BROKER_DEFAULT);
        }
        properties.put("offset.storage.partitions", "1");
        properties.put("status.storage.partitions", "1");
        properties.put("offset.flush.interval.ms", "1000");
    }

    /** A killed worker's tasks go to its successor as soon as the group notices, in six seconds rather than five minutes. */
    private static void putRecovery(Map<String, String> properties) {
        properties.put("scheduled.rebalance.max.delay.ms", "0");
        properties.put("session.timeout.ms", "6000");
        properties.put("heartbeat.interval.ms", "1000");
        properties.put("rebalance.timeout.ms", "10000");
    }

    private static void putSecrets(Map<String, String> properties) {
        properties.put("config.providers", "env");
        properties.put("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
        properties.put("config.providers.env.param.allowlist.pattern", "RETALLY_.*");
    }

    /** Writes the worker's properties file. */
    public void writeTo(Path file) throws IOException {
        Properties properties = new Properties();
        properties.putAll(toMap());
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, "Kafka Connect worker of the embedded stack");
        }
    }
}
