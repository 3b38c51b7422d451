package io.retally.devkit.verify;

import io.retally.devkit.stack.Topics;
import io.retally.oracle.ChangeReader;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.CurrentDocuments;
import io.retally.oracle.CurrentDocuments.Origin;
import io.retally.oracle.Progress;
import io.retally.oracle.SourceCollection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads prefixes of the change logs into current documents, which are to be settled afterwards. */
public final class DocumentLogs {
    private static final int READERS = 2;

    private final Logs logs;
    private final CurrentDocuments documents;
    private final Scratch scratch;
    private final Progress progress;

    /** @param scratch where the documents are */
    public DocumentLogs(Logs logs, CurrentDocuments documents, Scratch scratch, Progress progress) {
        this.logs = logs;
        this.documents = documents;
        this.scratch = scratch;
        this.progress = progress;
    }

    /** What a message does to the documents. */
    private interface Reading {
        void read(ChangeWriter writer, SourceCollection collection, ConsumerRecord<byte[], byte[]> message)
                throws SQLException;
    }

    /**
     * Reads what the live and the backfill topics say.
     *
     * @param nextOffsets where each partition's prefix ends
     * @param unusable hears the messages that are dead letters, from several threads
     * @return how many messages there were
     */
    public long read(Map<TopicPartition, Long> nextOffsets, Consumer<ConsumerRecord<byte[], byte[]>> unusable)
            throws Exception {
        return inParallel(nextOffsets, (writer, collection, message) -> {
            boolean live = message.topic().equals(Topics.live(collection.collectionName()));
            ChangeWriter.Heard heard =
                    writer.add(collection, live ? Origin.LIVE : Origin.BACKFILL, message.key(), message.value());
            if (heard.said().isDeadLetter()) {
                unusable.accept(message);
            }
        });
    }

    /** Reads which documents the live topics have mentioned, not what they say of them. */
    long readMentions(Map<TopicPartition, Long> nextOffsets) throws Exception {
        return inParallel(nextOffsets, (writer, collection, message) -> {
            String id = message.key() == null || message.value() == null ? null : ChangeReader.id(message.key());
            if (id != null) {
                writer.addMention(collection, id);
            }
        });
    }

    /** Partitions are spread over readers: the order within each is what counts. */
    private long inParallel(Map<TopicPartition, Long> nextOffsets, Reading reading) throws Exception {
        long total = nextOffsets.values().stream().mapToLong(Long::longValue).sum();
        AtomicLong read = new AtomicLong();
        List<Map<TopicPartition, Long>> shares = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            shares.add(new HashMap<>());
        }
        nextOffsets.forEach((log, end) ->
                shares.get(Math.floorMod(log.partition(), READERS)).put(log, end));
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (Map<TopicPartition, Long> share : shares) {
                readers.add(threads.submit(() -> {
                    try (Connection own = scratch.connect();
                            ChangeWriter writer = documents.writer(own)) {
                        logs.read(share, message -> {
                            reading.read(writer, collectionOf(message.topic()), message);
                            long count = read.incrementAndGet();
                            if (count % 10_000 == 0) {
                                progress.beginning("reading messages", (int) (count * 100 / Math.max(1, total)), 100);
                            }
                        });
                    }
                    return null;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            threads.shutdownNow();
        }
        return read.get();
    }

    private static SourceCollection collectionOf(String topic) {
        return SourceCollection.named(topic.substring(topic.lastIndexOf('.') + 1))
                .orElseThrow();
    }
}
