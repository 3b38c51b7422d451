package io.retally.jobs.kafka;

import io.retally.jobs.config.Arguments;
import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Where Kafka is, whom its clients trust there, and who they say they are.
 *
 * <p>There is no secret in it, so that none is in an argument, job graph or web page: where a setting needs one it is a
 * reference, {@code ${file:/path/of/a/file.properties:key}}, which each client follows in its own process (Kafka's
 * FileConfigProvider).
 *
 * @param bootstrap {@code host:port[,host:port]}
 * @param client settings {@code security.protocol}, {@code ssl.*} and {@code sasl.*} of Kafka's clients, by name
 */
public record KafkaCluster(String bootstrap, Map<String, String> client) implements Serializable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public KafkaCluster {
        client = Map.copyOf(client);
    }

    /** A cluster that anyone may use, without encryption. */
    public static KafkaCluster open(String bootstrap) {
        return new KafkaCluster(bootstrap, Map.of());
    }

    /**
     * The cluster of arguments {@code --kafka.bootstrap} and {@code --kafka.client}.
     *
     * @param file the clients' settings, a properties file; empty: none
     * @param arguments is told what is wrong with the file; no value is shown
     */
    public static KafkaCluster of(String bootstrap, String file, Arguments arguments) {
        Properties properties = new Properties();
        if (!file.isEmpty()) {
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException e) {
                arguments.require(false, "--kafka.client " + file + " cannot be read: " + e);
            }
        }
        Map<String, String> client = new TreeMap<>();
        Map<String, ConfigDef.ConfigKey> known = ConsumerConfig.configDef().configKeys();
        for (String name : properties.stringPropertyNames()) {
            ConfigDef.ConfigKey key = known.get(name);
            String value = properties.getProperty(name);
            boolean concernsAccess = key != null && name.matches("security\\.protocol|ssl\\..+|sasl\\..+");
            arguments.require(
                    concernsAccess,
                    "--kafka.client " + file + " has " + name
                            + ", which is no security.protocol, ssl.* or sasl.* setting of Kafka's clients");
            arguments.require(
                    key == null || key.type != ConfigDef.Type.PASSWORD || value.contains("${file:"),
                    "--kafka.client " + file + " must hold no secret: move that of " + name
                            + " to a properties file that only the job's processes read, and write"
                            + " ${file:/path/of/that/file:key} in its place");
            client.put(name, value);
        }
        return new KafkaCluster(bootstrap, client);
    }

    /** What every client of the cluster is made with, besides its own. */
    Properties properties() {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        if (!client.isEmpty()) {
            properties.setProperty("config.providers", "file");
            properties.setProperty("config.providers.file.class", FileConfigProvider.class.getName());
        }
        return properties;
    }

    /**
     * Asks the brokers who they are, so that what no restart mends is said by the process that submits the job, and at once.
     * A cluster that is away is no problem: the job waits for it.
     *
     * @throws IllegalStateException that says what to do, if the brokers are not trusted or do not let the client in
     */
    @SuppressWarnings("try") // Closing may be interrupted.
    public void checkAccess() throws InterruptedException {
        Properties properties = properties();
        properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        try (Admin admin = Admin.create(properties)) {
            admin.describeCluster().clusterId().get();
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "no client of Kafka can be made; see the cause, and correct --kafka.bootstrap, or the file that"
                            + " --kafka.client names or one of those that it names",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthenticationException refusal) {
                throw refused(refusal);
            }
        }
    }

    /** What to do about it; the cause says whether the certificate or the login is meant. */
    IllegalStateException refused(AuthenticationException refusal) {
        return new IllegalStateException(
                "Kafka at " + bootstrap + ": either its certificate is not trusted, or it does not let the client in ("
                        + refusal.getMessage()
                        + "). In the file that --kafka.client names, let ssl.truststore.location be"
                        + " the certificate of the authority that signed the brokers' own, which must name the hosts of"
                        + " --kafka.bootstrap; and look at ssl.keystore.* or sasl.*",
                refusal);
    }
}
