package io.retally.jobs.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Letters that an earlier attempt of the job has written and the replay may bring again, by the place of their message. A
 * message is the same only if its bytes are: after a topic was made anew, its offsets start again.
 */
final class WrittenLetters {
    private final Map<String, TreeMap<Long, Long>> checksums = new HashMap<>();
    private final Pattern about;

    /** @param about matches the topics whose messages the replay may bring again */
    WrittenLetters(Pattern about) {
        this.about = about;
    }

    /** Remembers a letter of the topic; what has no such headers, or is about another topic, is not ours and is passed over. */
    void add(ConsumerRecord<byte[], byte[]> letter) {
        String topic = header(letter, LetterHeaders.TOPIC);
        String partition = header(letter, LetterHeaders.PARTITION);
        String offset = header(letter, LetterHeaders.OFFSET);
        if (topic != null
                && about.matcher(topic).matches()
                && partition != null
                && offset != null
                && offset.matches("\\d{1,18}")) {
            checksums
                    .computeIfAbsent(topic + '-' + partition, log -> new TreeMap<>())
                    .put(Long.valueOf(offset), checksum(letter.key(), letter.value()));
        }
    }

    /**
     * Whether the letter is there. Forgets it, and all before it in its message's log, for a replay keeps a log's order.
     */
    boolean remove(DeadLetter letter) {
        if (checksums.isEmpty()) {
            return false;
        }
        String log = letter.topic() + '-' + letter.partition();
        TreeMap<Long, Long> written = checksums.get(log);
        if (written == null) {
            return false;
        }
        Long checksum = written.get(letter.offset());
        written.headMap(letter.offset(), true).clear();
        if (written.isEmpty()) {
            checksums.remove(log);
        }
        return checksum != null && checksum == checksum(letter.key(), letter.value());
    }

    boolean isEmpty() {
        return checksums.isEmpty();
    }

    int size() {
        return checksums.values().stream().mapToInt(Map::size).sum();
    }

    private static long checksum(byte @Nullable [] key, byte @Nullable [] value) {
        CRC32C crc = new CRC32C();
        if (value != null) {
            crc.update(value);
        }
        return (crc.getValue() << 32) ^ Arrays.hashCode(key);
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
