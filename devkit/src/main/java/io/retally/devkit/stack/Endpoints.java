package io.retally.devkit.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a running stack is reached; the file `endpoints.properties` of its folder.
 *
 * @param mongodbUri null without a MongoDB (`--capture none`)
 * @param connectRest of the worker that captures MongoDB's changes, {@code http://host:port}; null without a MongoDB
 * @param postgres the owner of the schemas
 * @param postgresReader may read schema `serving`, no more
 * @param flinkRest REST and web UI, `http://host:port`
 */
public record Endpoints(
        @Nullable String mongodbUri,
        @Nullable String connectRest,
        String kafkaBootstrap,
        PostgresUrl postgres,
        PostgresUrl postgresReader,
        String flinkRest) {

    public void write(StackDir dir) {
        Map<String, String> values = new LinkedHashMap<>();
        if (mongodbUri != null) {
            values.put("mongodb.uri", mongodbUri);
        }
        if (connectRest != null) {
            values.put("connect.rest", connectRest);
        }
        values.put("kafka.bootstrap", kafkaBootstrap);
        values.put("postgres.url", postgres.text());
        values.put("postgres.reader.url", postgresReader.text());
        values.put("flink.rest", flinkRest);
        PropertiesFile.write(dir.endpoints(), values);
    }

    /** Empty when no stack was ever up in this folder, or it was taken down. */
    public static Optional<Endpoints> find(StackDir dir) {
        if (!Files.exists(dir.endpoints())) {
            return Optional.empty();
        }
        try {
            Map<String, String> values = PropertiesFile.read(dir.endpoints());
            return Optional.of(new Endpoints(
                    values.get("mongodb.uri"),
                    values.get("connect.rest"),
                    PropertiesFile.required(values, "kafka.bootstrap"),
                    PostgresUrl.parse(PropertiesFile.required(values, "postgres.url")),
                    PostgresUrl.parse(PropertiesFile.required(values, "postgres.reader.url")),
                    PropertiesFile.required(values, "flink.rest")));
        } catch (IOException | IllegalArgumentException e) {
            throw new StackException(
                    dir.endpoints() + " cannot be used: " + e.getMessage(), "run `./retally down`, then `up`", e);
        }
    }

    /** The endpoints of a stack that must be there. */
    public static Endpoints of(StackDir dir) {
        return find(dir)
                .orElseThrow(() -> new StackException(
                        "no stack is up in " + dir.root(),
                        "start one with `./retally up`, or name its folder by --dir"));
    }
}
