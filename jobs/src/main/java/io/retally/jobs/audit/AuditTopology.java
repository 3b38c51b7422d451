package io.retally.jobs.audit;

import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.mongo.StoredDocument;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/**
 * The job's operators. It is bounded and runs in batch mode: sorted by document on disk, and nothing is kept longer than its
 * document is looked at.
 *
 * <pre>
 * messages ── read ─┐
 *                   ├─ by document: the last message, and what is stored ─ find differences
 * documents ─ read ─┘
 * </pre>
 */
public final class AuditTopology {

    private static final TypeInformation<Sighting> SIGHTING = TypeInformation.of(Sighting.class);

    private AuditTopology() {}

    /**
     * Defines the job.
     *
     * @param messages of the live topics, in any order
     * @param stored the documents of all collections, in any order
     */
    public static DataStream<Finding> define(
            DataStream<KafkaMessage> messages, ChangeTopics topics, DataStream<StoredDocument> stored) {
        DataStream<Sighting> said =
                messages.flatMap(new ReadMessages(topics), SIGHTING).name(Operators.READ_MESSAGES.id());
        DataStream<Sighting> there = stored.flatMap(new ReadStored(), SIGHTING).name(Operators.READ_STORED.id());
        return said.union(there)
                .keyBy(Sighting::document, Types.STRING)
                .reduce(Sighting::and)
                .name(Operators.COMPARE.id())
                .flatMap(
                        (Sighting sighting, Collector<Finding> out) ->
                                sighting.finding().ifPresent(out::collect),
                        TypeInformation.of(Finding.class))
                .name(Operators.FIND.id());
    }
}
