package io.retally.devkit.forget;

import io.retally.core.document.Collection;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.load.destination.RawMessages;
import io.retally.devkit.stack.Lag;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.verify.Logs;
import io.retally.oracle.Change;
import io.retally.oracle.ChangeReader;
import io.retally.oracle.Ids;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A contact's documents as the change topics have them. Read from the backfill topics first: a document that stands there is
 * one of the contact until the live topic says anything of it.
 */
final class LoggedContact {
    private final String contactId;
    private final Map<String, Standing> standing = new HashMap<>();
    private long liveMessages;
    private long backfillMessages;

    /**
     * A document that the topics say is the contact's.
     *
     * @param livePartition where the live topic speaks of it, or null if it does not
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Standing(
            Collection collection, byte[] key, @Nullable Integer livePartition) {}

    private LoggedContact(String contactId) {
        this.contactId = contactId;
    }

    static LoggedContact read(String kafkaBootstrap, String contactId) throws Exception {
        LoggedContact contact = new LoggedContact(contactId);
        Logs logs = new Logs(kafkaBootstrap);
        logs.read(ends(kafkaBootstrap, false), message -> contact.read(message, false));
        logs.read(ends(kafkaBootstrap, true), message -> contact.read(message, true));
        return contact;
    }

    private static Map<TopicPartition, Long> ends(String kafkaBootstrap, boolean live) throws Lag.Unknown {
        List<String> topics = StoredContact.COLLECTIONS.stream()
                .map(Collection::collectionName)
                .map(name -> live ? Topics.live(name) : Topics.backfill(name))
                .toList();
        return Lag.ends(kafkaBootstrap, topics);
    }

    private void read(ConsumerRecord<byte[], byte[]> message, boolean live) {
        Change change = ChangeReader.read(message.key(), message.value()).change();
        Collection collection = collectionOf(message.topic());
        if (change instanceof Change.Present present) {
            String document = collection + present.id();
            if (isOfContact(collection, present)) {
                liveMessages += live ? 1 : 0;
                backfillMessages += live ? 0 : 1;
                standing.put(document, new Standing(collection, message.key(), live ? message.partition() : null));
            } else {
                standing.remove(document);
            }
        } else if (change instanceof Change.Gone gone) {
            standing.remove(collection + gone.id());
        } else if (change instanceof Change.Unusable unusable) {
            standing.remove(collection + unusable.id());
        }
    }

    private boolean isOfContact(Collection collection, Change.Present present) {
        if (collection == Collection.CONTACTS) {
            return contactId.equals(present.id());
        }
        BsonDocument document = present.document();
        BsonValue reference = document.get("contactId");
        return reference != null && contactId.equals(Ids.text(reference));
    }

    private static Collection collectionOf(String topic) {
        String name = topic.substring(topic.lastIndexOf('.') + 1);
        return StoredContact.COLLECTIONS.stream()
                .filter(collection -> collection.collectionName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** How many documents are the contact's by what the topics say last. */
    int documents() {
        return standing.size();
    }

    /** How many messages of the live topics hold a document of the contact, however old. */
    long liveMessages() {
        return liveMessages;
    }

    /** The same of the backfill topics. */
    long backfillMessages() {
        return backfillMessages;
    }

    /**
     * Writes the deletion of each document that stands to its live topic, which alone decides from then on; and tombstones, so
     * that compaction, where it is on, drops all that was said before.
     */
    void delete(RawMessages messages) {
        DebeziumMessages form = new DebeziumMessages(Topics.PREFIX, MongoTarget.DATABASE, Clock.systemUTC());
        for (Standing document : standing.values()) {
            String name = document.collection.collectionName();
            messages.send(Topics.live(name), document.livePartition, document.key, form.deletion(document.collection));
            messages.send(Topics.live(name), document.livePartition, document.key, null);
            if (document.livePartition == null) {
                messages.send(Topics.backfill(name), document.key, null);
            }
        }
        messages.flush();
    }
}
