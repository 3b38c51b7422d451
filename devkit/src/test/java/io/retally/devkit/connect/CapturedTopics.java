package io.retally.devkit.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The topics of capture, read from their beginning. */
final class CapturedTopics implements AutoCloseable {

    /** A message as the contract names its parts. */
    record Message(
            String topic,
            int partition,
            String key,
            @Nullable JsonNode value) {

        String operation() {
            return value == null ? "tombstone" : value.path("op").asText();
        }

        /** A part of the value, by its JSON pointer. */
        JsonNode at(String pointer) {
            return Objects.requireNonNull(value).at(pointer);
        }

        @Nullable
        Document after() {
            String after = at("/after").textValue();
            return after == null ? null : Document.parse(after);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, String> consumer;

    CapturedTopics(String bootstrap, String... topics) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest",
                        "allow.auto.create.topics", "false",
                        "metadata.max.age.ms", "500"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(topics));
    }

    /** The next messages, at least so many. */
    List<Message> next(int wanted, Duration patience) {
        List<Message> messages = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (messages.size() < wanted) {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> messages.add(message(record)));
            if (System.nanoTime() > deadline) {
                throw new AssertionError("wanted " + wanted + " messages, came " + messages.size());
            }
        }
        return messages;
    }

    private static Message message(ConsumerRecord<String, String> record) {
        try {
            JsonNode value = record.value() == null ? null : JSON.readTree(record.value());
            return new Message(record.topic(), record.partition(), record.key(), value);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + record.value(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
