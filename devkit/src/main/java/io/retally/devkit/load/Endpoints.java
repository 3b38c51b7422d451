package io.retally.devkit.load;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What {@code DIR/endpoints.properties} of a running stack says about where MongoDB and Kafka listen. */
final class Endpoints {

    static final String MONGODB = "mongodb.uri";
    static final String KAFKA = "kafka.bootstrap";

    private final Path file;
    private final Properties properties = new Properties();

    private Endpoints(Path file) {
        this.file = file;
    }

    static Endpoints of(Path dir) {
        Endpoints endpoints = new Endpoints(dir.resolve("endpoints.properties"));
        if (!Files.exists(endpoints.file)) {
            throw new LoadException("No stack runs in " + dir + ": there is no " + endpoints.file
                    + ". Start one with './retally up --dir " + dir + "', or give --dir its folder.");
        }
        try (Reader reader = Files.newBufferedReader(endpoints.file)) {
            endpoints.properties.load(reader);
        } catch (IOException unreadable) {
            throw new LoadException(
                    "Cannot read " + endpoints.file + ": " + unreadable.getMessage()
                            + ". Start the stack again with './retally up --dir " + dir + "'.",
                    unreadable);
        }
        return endpoints;
    }

    boolean has(String endpoint) {
        return !properties.getProperty(endpoint, "").isBlank();
    }

    String get(String endpoint) {
        if (!has(endpoint)) {
            throw new LoadException(file + " has no " + endpoint + ", so this stack runs without it. "
                    + (endpoint.equals(MONGODB)
                            ? "Use --through kafka, or start the stack with '--capture mongodb'."
                            : "Start the stack again with './retally up'."));
        }
        return properties.getProperty(endpoint).strip();
    }
}
