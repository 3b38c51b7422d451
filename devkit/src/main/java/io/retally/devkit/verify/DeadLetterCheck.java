package io.retally.devkit.verify;

import io.retally.devkit.stack.Lag;
import io.retally.devkit.stack.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The dead letters beside the messages that, by the contract, had to become one. For several threads until it is asked. */
public final class DeadLetterCheck {
    private final Map<Place, Integer> expected = new ConcurrentHashMap<>();

    /** Where a message is. */
    private record Place(TopicPartition log, long offset) {
        @Override
        public String toString() {
            return log + "@" + offset;
        }
    }

    /**
     * What was found.
     *
     * @param expected messages that had to become dead letters
     * @param missing of these, how many have none
     * @param repeated letters beyond a message's first
     * @param unexpected letters of messages that are no dead letters
     * @param changed letters whose bytes are not their message's
     * @param first of all these, if there is any
     */
    public record Result(
            long expected, long missing, long repeated, long unexpected, long changed, Optional<String> first) {
        public boolean isExact() {
            return missing + repeated + unexpected + changed == 0;
        }
    }

    void expect(ConsumerRecord<byte[], byte[]> message) {
        expected.put(
                new Place(new TopicPartition(message.topic(), message.partition()), message.offset()),
                Arrays.hashCode(message.value()));
    }

    /** @param prefixes of the logs that were read; letters of later messages are not judged */
    Result compare(Logs logs, String bootstrap, Map<TopicPartition, Long> prefixes) throws Exception {
        Count count = new Count();
        Map<Place, Integer> letters = new HashMap<>();
        logs.read(Lag.ends(bootstrap, List.of(Topics.DEAD_LETTERS)), letter -> {
            Place place = place(letter);
            Long end = place == null ? null : prefixes.get(place.log());
            if (place == null || (end != null && place.offset() < end)) {
                judge(place, letter, letters, count);
            }
        });
        for (Place place : expected.keySet()) {
            if (!letters.containsKey(place)) {
                count.missing++;
                count.first("no dead letter of " + place);
            }
        }
        return new Result(
                expected.size(),
                count.missing,
                count.repeated,
                count.unexpected,
                count.changed,
                Optional.ofNullable(count.first));
    }

    private void judge(
            @Nullable Place place, ConsumerRecord<byte[], byte[]> letter, Map<Place, Integer> letters, Count count) {
        Integer bytes = place == null ? null : expected.get(place);
        if (place == null || bytes == null) {
            count.unexpected++;
            count.first("a dead letter of " + place + " that is none");
        } else if (letters.merge(place, 1, Integer::sum) > 1) {
            count.repeated++;
            count.first("another dead letter of " + place);
        } else if (bytes != Arrays.hashCode(letter.value())) {
            count.changed++;
            count.first("other bytes in the dead letter of " + place);
        }
    }

    private static @Nullable Place place(ConsumerRecord<byte[], byte[]> letter) {
        try {
            return new Place(
                    new TopicPartition(header(letter, "topic"), Integer.parseInt(header(letter, "partition"))),
                    Long.parseLong(header(letter, "offset")));
        } catch (NullPointerException | NumberFormatException e) {
            return null;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static final class Count {
        private long missing;
        private long repeated;
        private long unexpected;
        private long changed;
        private @Nullable String first;

        void first(String difference) {
            if (first == null) {
                first = difference;
            }
        }
    }
}
