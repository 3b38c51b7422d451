package io.retally.devkit.audit;

import io.retally.core.document.Collection;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.load.destination.RawMessages;
import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.Lag;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.verify.Capturing;
import io.retally.devkit.verify.Logs;
import io.retally.oracle.ChangeReader;
import io.retally.oracle.Ids;
import io.retally.oracle.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents of which the log does not say what MongoDB holds, and corrects the log.
 *
 * <p><b>What is found stands.</b> The job compares the logs, up to where they end as it starts, with MongoDB as it is read a
 * moment later. So a change in flight looks like a difference; but the connector then speaks of it before it speaks of a
 * marker that is written after the reading. A document that it has not spoken of by then is one that it will not speak of.
 *
 * <p><b>The last word is the connector's.</b> Corrections are written while it is paused, and only of documents that it has
 * still not spoken of; from MongoDB as it is then. Whatever changes from its resume token on comes after them.
 */
public final class Audit {
    private static final int LOOKED_UP_AT_ONCE = 1_000;

    private final String mongodbUri;
    private final String kafkaBootstrap;
    private final Connector connector;
    private final AuditJob job;
    private final Logs logs;
    private final Progress progress;

    /** @param folder for the job's log and what it finds */
    public Audit(
            String mongodbUri, String kafkaBootstrap, Connector connector, Home home, Path folder, Progress progress) {
        this.mongodbUri = mongodbUri;
        this.kafkaBootstrap = kafkaBootstrap;
        this.connector = connector;
        this.job = new AuditJob(home, folder);
        this.logs = new Logs(kafkaBootstrap);
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param ends no message before these speaks of any of the documents otherwise than the finding says
     */
    public record Result(List<Finding> findings, Map<TopicPartition, Long> ends) {}

    /** Changes nothing, but for a marker in MongoDB. */
    public Result find() throws Exception {
        connector.requireRunning();
        try (Capturing capturing = new Capturing(mongodbUri, logs)) {
            progress.beginning("waiting for capture", 0, 1);
            capturing.awaitCaught();
            Findings found = compare();
            progress.beginning("waiting for changes in flight", 0, 1);
            capturing.awaitCaught();
            Map<TopicPartition, Long> ends = Lag.ends(kafkaBootstrap, Topics.live());
            List<Finding> unspoken = notSpokenOf(found.findings(), found.ends(), ends);
            return new Result(looksTheSame(unspoken, capturing), ends);
        }
    }

    /** What the job finds, changes in flight among it. */
    Findings compare() throws IOException, InterruptedException {
        progress.beginning("starting the job", 0, 1);
        return job.run(kafkaBootstrap, mongodbUri, line -> progress.beginning(line, 0, 1));
    }

    /** Corrects the log; returns how many documents' corrections were written. */
    public int repair(Result result) throws Exception {
        progress.beginning("pausing the connector", 0, 1);
        Connector.Pause pause = connector.pause();
        try (Capturing capturing = new Capturing(mongodbUri, logs);
                RawMessages messages = new RawMessages(kafkaBootstrap)) {
            List<Finding> unspoken =
                    notSpokenOf(result.findings(), result.ends(), Lag.ends(kafkaBootstrap, Topics.live()));
            int written = correct(unspoken, capturing, messages);
            messages.flush();
            return written;
        } finally {
            pause.end();
        }
    }

    private List<Finding> notSpokenOf(
            List<Finding> findings, Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) throws Exception {
        Set<Finding.Document> spokenOf = new HashSet<>();
        logs.read(starts, ends, message -> {
            String id = message.key() == null || message.value() == null ? null : ChangeReader.id(message.key());
            if (id != null) {
                String topic = message.topic();
                spokenOf.add(new Finding.Document(topic.substring(topic.lastIndexOf('.') + 1), id));
            }
        });
        return findings.stream()
                .filter(finding -> !spokenOf.contains(finding.document()))
                .toList();
    }

    /** Those that are there or not there as the job found them: the rest is the connector's business. */
    private List<Finding> looksTheSame(List<Finding> findings, Capturing capturing) throws IOException {
        List<Finding> same = new ArrayList<>();
        lookUp(findings, capturing, (finding, document) -> {
            if ((document == null) == (finding.kind() == Finding.Kind.GONE)) {
                same.add(finding);
            }
        });
        return same;
    }

    private int correct(List<Finding> findings, Capturing capturing, RawMessages messages) throws IOException {
        DebeziumMessages form = new DebeziumMessages(Topics.PREFIX, MongoTarget.DATABASE, Clock.systemUTC());
        int[] written = {0};
        lookUp(findings, capturing, (finding, document) -> {
            if ((document == null) != (finding.kind() == Finding.Kind.GONE)) {
                return; // it came or went since, and the connector will say so
            }
            byte[] key = finding.messageKey() != null ? finding.messageKey() : form.key(finding.mongodbId());
            byte[] value = document == null
                    ? form.deletion(finding.collection())
                    : form.snapshot(finding.collection(), document);
            messages.send(Topics.live(finding.collection().collectionName()), finding.partition(), key, value);
            written[0]++;
            progress.beginning("writing corrections", written[0], findings.size());
        });
        return written[0];
    }

    private static String idOf(BsonDocument document) {
        return Objects.requireNonNull(Ids.text(Objects.requireNonNull(document.get("_id"))));
    }

    /** Hears of a finding, and its document as it is now. */
    private interface Listener {
        void found(Finding finding, @Nullable BsonDocument document) throws IOException;
    }

    private void lookUp(List<Finding> findings, Capturing capturing, Listener listener) throws IOException {
        for (Collection collection : Collection.values()) {
            List<Finding> some = findings.stream()
                    .filter(finding -> finding.collection() == collection)
                    .toList();
            for (int first = 0; first < some.size(); first += LOOKED_UP_AT_ONCE) {
                progress.beginning("looking up documents in " + collection.collectionName(), first, some.size());
                List<Finding> batch = some.subList(first, Math.min(some.size(), first + LOOKED_UP_AT_ONCE));
                List<BsonValue> ids = new ArrayList<>();
                for (Finding finding : batch) {
                    ids.add(finding.mongodbId());
                }
                Map<String, BsonDocument> documents = new HashMap<>();
                for (BsonDocument document : capturing.find(collection.collectionName(), ids)) {
                    documents.put(idOf(document), document);
                }
                for (Finding finding : batch) {
                    listener.found(finding, documents.get(finding.id()));
                }
            }
        }
    }
}
