package io.retally.devkit.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** The keys of change messages. */
final class MessageKeys {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MessageKeys() {}

    /** The document's id in extended JSON; with or without the wrapper of Connect's schemas. */
    static String id(byte[] key) throws IOException {
        JsonNode root = JSON.readTree(key);
        JsonNode id = root.has("id") ? root.path("id") : root.path("payload").path("id");
        if (!id.isTextual()) {
            throw new IOException("a message's key has no string 'id': " + root);
        }
        return id.textValue();
    }
}
