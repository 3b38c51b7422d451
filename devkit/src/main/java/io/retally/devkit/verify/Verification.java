package io.retally.devkit.verify;

import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Lag;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.Comparison;
import io.retally.oracle.CurrentDocuments;
import io.retally.oracle.Oracle;
import io.retally.oracle.Progress;
import io.retally.oracle.Published;
import io.retally.oracle.TableComparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The contract's tables, worked out from the documents, beside the published ones.
 *
 * <p>From the logs it is exact at any time: the epoch says which prefix of each log it stands for. From MongoDB it is exact
 * when nothing changes meanwhile.
 */
public final class Verification {
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
            long messages = new DocumentLogs(logs, documents, scratch, progress).read(all, letters::expect);
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
            DocumentLogs reading = new DocumentLogs(logs, documents, scratch, progress);
            long messages = reading.read(backfill, message -> {});
            if (backfill.values().stream().anyMatch(end -> end > 0)) {
                messages += reading.readMentions(prefixes(published, Topics.live()));
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

    private Map<TopicPartition, Long> liveAndBackfillEnds() throws Lag.Unknown {
        return nonEmpty(Lag.ends(
                endpoints.kafkaBootstrap(),
                Stream.concat(Topics.live().stream(), Topics.backfill().stream())
                        .toList()));
    }
}
