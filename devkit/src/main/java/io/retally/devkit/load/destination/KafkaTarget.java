package io.retally.devkit.load.destination;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Writes change messages straight into the topics, as Debezium would: a deletion is followed by its tombstone. */
public final class KafkaTarget implements Target {

    /** The second part of the live topics' names: the database. */
    public static final String LIVE = "coaching";

    /** The second part of the backfill topics' names. */
    public static final String BACKFILL = "backfill";

    private final RawMessages kafka;
    private final DebeziumMessages messages;
    private final Map<Collection, String> topics = new EnumMap<>(Collection.class);

    /** @param database {@link #LIVE} or {@link #BACKFILL} */
    public KafkaTarget(String bootstrap, String topicPrefix, String database) {
        this(new RawMessages(bootstrap), topicPrefix, database, Clock.systemUTC());
    }

    /**
     * A target for special cases.
     *
     * @param kafka closed with this
     * @param clock says when each change was made
     */
    public KafkaTarget(RawMessages kafka, String topicPrefix, String database, Clock clock) {
        this.kafka = kafka;
        this.messages = new DebeziumMessages(topicPrefix, database, clock);
        for (Collection collection : Collection.values()) {
            topics.put(collection, topicPrefix + "." + database + "." + collection.collectionName());
        }
    }

    @Override
    public void accept(ChangeOfDocument change) {
        String topic = Objects.requireNonNull(topics.get(change.collection()));
        byte[] key = messages.key(change.id());
        kafka.send(topic, key, messages.value(change));
        if (change.op() == ChangeOfDocument.Op.DELETE) {
            kafka.send(topic, key, null);
        }
    }

    @Override
    public void flush() {
        kafka.flush();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
