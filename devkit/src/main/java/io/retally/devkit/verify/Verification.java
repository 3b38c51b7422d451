package io.retally.devkit.verify;

import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Lag;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import io.retally.oracle.ChangeReader;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.Comparison;
import io.retally.oracle.CurrentDocuments;
import io.retally.oracle.CurrentDocuments.Origin;
import io.retally.oracle.Oracle;
import io.retally.oracle.Progress;
import io.retally.oracle.Published;
import io.retally.oracle.SourceCollection;
import io.retally.oracle.TableComparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The contract's tables, worked out from the documents, beside the published ones.
 *
 * <p>From the logs it is exact at any time: the epoch says which prefix of each log it stands for. From MongoDB it is exact
 * when nothing changes meanwhile.
 */
public final class Verification {
    private static final int READERS = 2;

    private final Endpoints endpoints;
    private final boolean assignments;
    private final Logs logs;
    private final Progress progress;

    public Verification(Endpoints endpoints, Progress progress) {
        this(endpoints, false, progress);
    }

    /** @param assignments whether lesson-assignments keeps MongoDB's collection of that name */
    public Verification(Endpoints endpoints, boolean assignments, Progress progress) {
        this.endpoints = endpoints;
        this.assignments = assignments;
        this.logs = new Logs(endpoints.kafkaBootstrap());
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param messages read from the logs
     * @param moving changes arrived while MongoDB was read: differences may be theirs
     * @param deadLetters only from the logs: MongoDB does not have the messages
     * @param assignments only from MongoDB, of a stack that has the job
     */
    public record Result(
            Published published,
            Comparison comparison,
            long messages,
            boolean moving,
            Optional<DeadLetterCheck.Result> deadLetters,
            Optional<TableComparison> assignments) {
        public boolean isEqual() {
            return comparison.isEqual()
                    && assignments.map(TableComparison::isEqual).orElse(true)
                    && deadLetters.map(DeadLetterCheck.Result::isExact).orElse(true);
        }
    }

    public Result fromLogs() throws Exception {
        try (Scratch scratch = Scratch.create(endpoints.postgres());
                Connection connection = scratch.connect()) {
            Published published = published(connection);
            CurrentDocuments documents = CurrentDocuments.in(connection);
            Map<TopicPartition, Long> all = prefixes(
                    published,
                    Stream.concat(Topics.live().stream(), Topics.backfill().stream())
                            .toList());
            DeadLetterCheck letters = new DeadLetterCheck();
            long messages = readAll(all, documents, scratch, letters);
            progress.beginning("reading dead letters", 0, 1);
            DeadLetterCheck.Result deadLetters = letters.compare(logs, endpoints.kafkaBootstrap(), all);
            return new Result(
                    published,
                    compare(documents, connection),
                    messages,
                    false,
                    Optional.of(deadLetters),
                    Optional.empty());
        }
    }

    public Result fromMongo(String uri) throws Exception {
        try (Capturing capturing = new Capturing(uri, logs);
                Scratch scratch = Scratch.create(endpoints.postgres());
                Connection connection = scratch.connect()) {
            progress.beginning("waiting for capture", 0, 1);
            capturing.awaitCaught();
            Publishing.await(endpoints.postgres(), liveAndBackfillEnds(), progress);
            Published published = published(connection);
            CurrentDocuments documents = CurrentDocuments.in(connection);
            Map<TopicPartition, Long> backfill = prefixes(published, Topics.backfill());
            long messages = readAll(backfill, documents, scratch, new DeadLetterCheck());
            if (backfill.values().stream().anyMatch(end -> end > 0)) {
                messages += readMentions(prefixes(published, Topics.live()), documents, scratch);
            }
            progress.beginning("reading MongoDB", 0, 1);
            try (Connection own = scratch.connect();
                    ChangeWriter writer = documents.writer(own)) {
                capturing.write(writer);
            }
            capturing.awaitCaught();
            boolean moving = !prefixes(published, Topics.live())
                    .equals(nonEmpty(Lag.ends(endpoints.kafkaBootstrap(), Topics.live())));
            Comparison comparison = compare(documents, connection);
            Optional<TableComparison> ofAssignments = assignments
                    ? Optional.of(AssignmentCheck.compare(connection, capturing, progress))
                    : Optional.empty();
            return new Result(published, comparison, messages, moving, Optional.empty(), ofAssignments);
        }
    }

    private Published published(Connection scratch) throws SQLException {
        progress.beginning("copying what is published", 0, 1);
        try (Connection serving = endpoints.postgres().connect()) {
            Published published = Published.copy(serving, scratch);
            if (published.epoch().isEmpty()) {
                throw new StackException("nothing is published yet", "see `./retally status`");
            }
            return published;
        }
    }

    private Comparison compare(CurrentDocuments documents, Connection scratch) throws SQLException {
        documents.settle(scratch, progress);
        Oracle.evaluate(scratch, progress);
        return Comparison.compare(scratch, progress);
    }

    private static Map<TopicPartition, Long> prefixes(Published published, List<String> topics) {
        Map<TopicPartition, Long> prefixes = new HashMap<>();
        published.positions().forEach((log, nextOffset) -> {
            if (topics.contains(log.topic())) {
                prefixes.put(new TopicPartition(log.topic(), log.partition()), nextOffset);
            }
        });
        return nonEmpty(prefixes);
    }

    private static Map<TopicPartition, Long> nonEmpty(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> some = new HashMap<>(offsets);
        some.values().removeIf(offset -> offset <= 0);
        return some;
    }

    /** What a message does to the documents. */
    private interface Reading {
        void read(ChangeWriter writer, SourceCollection collection, ConsumerRecord<byte[], byte[]> message)
                throws SQLException;
    }

    private long readAll(
            Map<TopicPartition, Long> prefixes, CurrentDocuments documents, Scratch scratch, DeadLetterCheck letters)
            throws Exception {
        return inParallel(prefixes, documents, scratch, (writer, collection, message) -> {
            boolean live = message.topic().equals(Topics.live(collection.collectionName()));
            ChangeWriter.Heard heard =
                    writer.add(collection, live ? Origin.LIVE : Origin.BACKFILL, message.key(), message.value());
            if (heard.said().isDeadLetter()) {
                letters.expect(message);
            }
        });
    }

    private long readMentions(Map<TopicPartition, Long> prefixes, CurrentDocuments documents, Scratch scratch)
            throws Exception {
        return inParallel(prefixes, documents, scratch, (writer, collection, message) -> {
            String id = message.key() == null || message.value() == null ? null : ChangeReader.id(message.key());
            if (id != null) {
                writer.addMention(collection, id);
            }
        });
    }

    /** Partitions are spread over readers: the order within each is what counts. */
    private long inParallel(
            Map<TopicPartition, Long> prefixes, CurrentDocuments documents, Scratch scratch, Reading reading)
            throws Exception {
        long total = prefixes.values().stream().mapToLong(Long::longValue).sum();
        AtomicLong read = new AtomicLong();
        List<Map<TopicPartition, Long>> shares = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            shares.add(new HashMap<>());
        }
        prefixes.forEach((log, end) ->
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

    private Map<TopicPartition, Long> liveAndBackfillEnds() throws Lag.Unknown {
        return nonEmpty(Lag.ends(
                endpoints.kafkaBootstrap(),
                Stream.concat(Topics.live().stream(), Topics.backfill().stream())
                        .toList()));
    }
}
