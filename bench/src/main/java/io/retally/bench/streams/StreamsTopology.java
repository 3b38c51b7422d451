package io.retally.bench.streams;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import io.retally.jobs.kafka.ChangeTopics;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The peer's topology, on the live topics:
 *
 * <pre>
 * interactions, enrolments, contacts ─ versions (by document) ─ by contact ─┐
 *                        accounts, programs ─ to every partition ───────────┴ ledger ─┬─ rows of rep_lesson, rep_program
 *                                                                                     └─ by program ─ sums ─ program_summary
 * </pre>
 *
 * <p>Written with the Processor API, as a KTable's foreign-key joins would send every interaction through four more topics,
 * and a row through as many versions as it has changes. Rows go to topics, keyed by the ids of the primary key.
 */
final class StreamsTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Serde<String> TEXT = Serdes.String();
    private static final Serde<Change> CHANGE = CodecSerde.of(Change.CODEC);
    private static final Serde<Share> SHARE = CodecSerde.of(Share.CODEC);

    private StreamsTopology() {}

    /** The topic that a table's rows go to. */
    static String topic(String outputPrefix, String table) {
        return outputPrefix + "." + table;
    }

    /**
     * Defines it.
     *
     * @param outputPrefix of the topics of rows
     * @param partitions of the topics between its steps: as many as tasks can be busy
     */
    static Topology define(ChangeTopics topics, String outputPrefix, int partitions) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(onDisk(Versions.STORE, BYTES));
        builder.addStateStore(onDisk(Ledger.INTERACTIONS, CodecSerde.of(Documents.CODEC)));
        builder.addStateStore(onDisk(Ledger.ENROLLMENTS, CodecSerde.of(Documents.CODEC)));
        builder.addStateStore(onDisk(Ledger.ENTITIES, BYTES));
        builder.addStateStore(onDisk(Ledger.LESSON_RESULTS, CodecSerde.of(LessonResult.CODEC)));
        builder.addStateStore(onDisk(Ledger.RESULTS, CodecSerde.of(Result.CODEC)));
        builder.addStateStore(inMemory(Ledger.TOUCHED, BYTES));
        builder.addStateStore(inMemory(AddShares.STORE, SHARE));

        KStream<String, Change> ofContacts = versions(builder, topics, Collection.INTERACTIONS)
                .merge(versions(builder, topics, Collection.ENROLLMENTS))
                .merge(versions(builder, topics, Collection.CONTACTS))
                .repartition(
                        Repartitioned.with(TEXT, CHANGE).withName("by-contact").withNumberOfPartitions(partitions));
        KStream<String, Change> ofWorld = world(builder, topics, Collection.ACCOUNTS)
                .merge(world(builder, topics, Collection.PROGRAMS))
                .repartition(Repartitioned.with(TEXT, CHANGE)
                        .withName("to-all")
                        .withNumberOfPartitions(partitions)
                        .withStreamPartitioner(new ToAll()));
        KStream<String, Outcome> outcomes = ofContacts
                .merge(ofWorld)
                .process(
                        Ledger::new,
                        Ledger.INTERACTIONS,
                        Ledger.ENROLLMENTS,
                        Ledger.ENTITIES,
                        Ledger.TOUCHED,
                        Ledger.LESSON_RESULTS,
                        Ledger.RESULTS);
        rows(outcomes, outputPrefix, Outcome.REP_LESSON);
        rows(outcomes, outputPrefix, Outcome.REP_PROGRAM);
        outcomes.filter((program, outcome) -> outcome.share() != null)
                .mapValues(outcome -> Objects.requireNonNull(outcome.share()))
                .repartition(
                        Repartitioned.with(TEXT, SHARE).withName("by-program").withNumberOfPartitions(partitions))
                .process(AddShares::new, AddShares.STORE)
                .to(topic(outputPrefix, Outcome.PROGRAM_SUMMARY), Produced.with(TEXT, TEXT));
        return builder.build();
    }

    private static KStream<String, Change> versions(
            StreamsBuilder builder, ChangeTopics topics, Collection collection) {
        return builder.stream(topics.topic(Origin.LIVE, collection), Consumed.with(BYTES, BYTES))
                .process(() -> new Versions(collection), Versions.STORE);
    }

    private static KStream<String, Change> world(StreamsBuilder builder, ChangeTopics topics, Collection collection) {
        return builder.stream(topics.topic(Origin.LIVE, collection), Consumed.with(BYTES, BYTES))
                .process(() -> new World(collection));
    }

    @SuppressWarnings("NullAway") // a row that is gone is a tombstone
    private static void rows(KStream<String, Outcome> outcomes, String outputPrefix, String table) {
        outcomes.filter((key, outcome) -> outcome.isOf(table))
                .mapValues(outcome -> outcome.row())
                .to(topic(outputPrefix, table), Produced.with(TEXT, TEXT));
    }

    /** RocksDB; a change log on Kafka; a cache, so that of many writes between two commits one is done. */
    private static <V> StoreBuilder<KeyValueStore<String, V>> onDisk(String name, Serde<V> values) {
        return store(Stores.persistentKeyValueStore(name), values);
    }

    /** For few keys. */
    private static <V> StoreBuilder<KeyValueStore<String, V>> inMemory(String name, Serde<V> values) {
        return store(Stores.inMemoryKeyValueStore(name), values);
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(
            KeyValueBytesStoreSupplier supplier, Serde<V> values) {
        return Stores.keyValueStoreBuilder(supplier, TEXT, values)
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** Each message to every partition. */
    private static final class ToAll implements StreamPartitioner<String, Change> {
        @Override
        public Optional<Set<Integer>> partitions(String topic, String key, Change value, int partitions) {
            return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet()));
        }
    }
}
