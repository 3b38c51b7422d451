package io.retally.devkit.stack;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What could not be used, counted by the code of its reason. */
final class DeadLetters {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private DeadLetters() {}

    static Map<String, Long> byReason(String bootstrap) throws Lag.Unknown {
        Map<TopicPartition, Long> ends = Lag.ends(bootstrap, List.of(Topics.DEAD_LETTERS));
        Map<String, Long> counts = new TreeMap<>();
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            Instant giveUp = Instant.now().plus(PATIENCE);
            // An open transaction may hold back the end: then what is committed is counted, after a moment without
            // more.
            int emptyPolls = 0;
            while (!reached(consumer, ends) && emptyPolls < 5 && Instant.now().isBefore(giveUp)) {
                var records = consumer.poll(Duration.ofMillis(200));
                emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
                records.forEach(letter -> {
                    Header reason = letter.headers().lastHeader("reason");
                    String code = reason == null ? "none" : new String(reason.value(), StandardCharsets.UTF_8);
                    counts.merge(code, 1L, Long::sum);
                });
            }
        }
        return counts;
    }

    private static boolean reached(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
