package io.retally.devkit.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A connector as its file has it: {@code {"name": …, "config": {…}}}.
 *
 * @param config the settings as JSON, placeholders unresolved
 */
public record ConnectorSettings(String name, String config) {

    /**
     * Reads a connector's file.
     *
     * @throws IOException if it cannot be read, is no JSON, or lacks the name or the settings
     */
    public static ConnectorSettings read(Path file) throws IOException {
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        if (!root.path("name").isTextual() || !root.path("config").isObject()) {
            throw new IOException(file + " is no connector: it needs a \"name\" and an object \"config\"");
        }
        return new ConnectorSettings(
                root.get("name").textValue(), root.get("config").toString());
    }
}
