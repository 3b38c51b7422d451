package io.retally.devkit.forget;

import io.retally.devkit.stack.Lag;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.verify.Logs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters whose bytes hold a contact's id.
 *
 * @param newest when the last of them was written, or null if there is none
 * @param keptFor what the topic's retention promises at most, or null if it keeps them for ever
 */
public record LettersAbout(
        long count, @Nullable Instant newest, @Nullable Duration keptFor) {

    static LettersAbout contact(String kafkaBootstrap, String contactId) throws Exception {
        long[] count = {0};
        long[] newest = {0};
        new Logs(kafkaBootstrap).read(Lag.ends(kafkaBootstrap, List.of(Topics.DEAD_LETTERS)), letter -> {
            if (holds(letter.key(), contactId) || holds(letter.value(), contactId)) {
                count[0]++;
                newest[0] = Math.max(newest[0], letter.timestamp());
            }
        });
        return new LettersAbout(
                count[0],
                count[0] == 0 ? null : Instant.ofEpochMilli(newest[0]),
                Topics.keptFor(kafkaBootstrap, Topics.DEAD_LETTERS));
    }

    private static boolean holds(byte @Nullable [] bytes, String text) {
        return bytes != null && new String(bytes, StandardCharsets.UTF_8).contains(text);
    }

    /** When the last of them is gone. */
    public @Nullable Instant until() {
        return newest == null || keptFor == null ? null : newest.plus(keptFor);
    }
}
