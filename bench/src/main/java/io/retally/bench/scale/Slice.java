package io.retally.bench.scale;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes that follow on each other, as messages that are ready to be sent.
 *
 * @param messages of the changes, and the tombstones after deletions
 */
record Slice(List<Message> messages, long changes) {
    record Message(String topic, byte[] key, byte @Nullable [] value) {}
}
