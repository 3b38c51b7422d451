package io.retally.jobs.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** The headers of a dead letter, all in UTF-8: why, and which message. {@code at} is when the letter was written, ISO 8601. */
final class LetterHeaders {
    static final String REASON = "reason";
    static final String DETAIL = "detail";
    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String OFFSET = "offset";
    static final String AT = "at";

    private LetterHeaders() {}

    /** The letter as a message: the bytes of the original and the headers. */
    static ProducerRecord<byte[], byte[]> message(String deadLetterTopic, DeadLetter letter, Instant at) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(deadLetterTopic, letter.key(), letter.value());
        add(message.headers(), REASON, letter.reason());
        add(message.headers(), DETAIL, letter.detail());
        add(message.headers(), TOPIC, letter.topic());
        add(message.headers(), PARTITION, Integer.toString(letter.partition()));
        add(message.headers(), OFFSET, Long.toString(letter.offset()));
        add(message.headers(), AT, at.toString());
        return message;
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
