package io.retally.devkit.forget;

import io.retally.core.document.Collection;
import io.retally.devkit.load.destination.RawMessages;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Lag;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.verify.Capturing;
import io.retally.devkit.verify.Logs;
import io.retally.devkit.verify.Publishing;
import io.retally.oracle.Progress;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** Deletes all documents of a contact, and looks for what is left of it. */
public final class Forget {
    private final Endpoints endpoints;
    private final String contactId;
    private final Progress progress;

    public Forget(Endpoints endpoints, String contactId, Progress progress) {
        this.endpoints = endpoints;
        this.contactId = contactId;
        this.progress = progress;
    }

    /**
     * What is left of a contact.
     *
     * @param deletions documents that MongoDB did not have, and that the live topics now say are gone
     * @param rows by table of schemas serving and staging
     * @param liveMessages of the live topics that still hold a document of the contact
     * @param backfillMessages the same of the backfill topics
     */
    public record Left(
            int deletions, Map<String, Long> rows, LettersAbout letters, long liveMessages, long backfillMessages) {

        public boolean isPublished() {
            return rows.values().stream().anyMatch(count -> count > 0);
        }
    }

    /** How many documents MongoDB has of the contact, by collection; empty without a MongoDB. */
    public Map<Collection, Long> stored() {
        String mongodb = endpoints.mongodbUri();
        if (mongodb == null) {
            return Map.of();
        }
        progress.beginning("counting documents in MongoDB", 0, 1);
        try (StoredContact stored = new StoredContact(mongodb, contactId)) {
            return stored.count();
        }
    }

    /** Deletes the documents where they are; returns when that is published, with what is left. */
    public Left forget() throws Exception {
        String kafka = endpoints.kafkaBootstrap();
        String mongodb = endpoints.mongodbUri();
        if (mongodb != null) {
            progress.beginning("deleting documents in MongoDB", 0, 1);
            try (StoredContact stored = new StoredContact(mongodb, contactId)) {
                stored.delete();
            }
            progress.beginning("waiting for capture", 0, 1);
            try (Capturing capturing = new Capturing(mongodb, new Logs(kafka))) {
                capturing.awaitCaught();
            }
        }
        progress.beginning("reading the change topics", 0, 1);
        LoggedContact logged = LoggedContact.read(kafka, contactId);
        try (RawMessages messages = new RawMessages(kafka)) {
            logged.delete(messages);
        }
        Map<TopicPartition, Long> ends = Lag.ends(
                kafka,
                Stream.concat(Topics.live().stream(), Topics.backfill().stream())
                        .toList());
        ends.values().removeIf(end -> end == 0);
        Publishing.await(endpoints.postgres(), ends, progress);
        progress.beginning("reading the dead letters", 0, 1);
        return new Left(
                logged.documents(),
                PublishedRows.of(endpoints.postgres(), contactId),
                LettersAbout.contact(kafka, contactId),
                logged.liveMessages(),
                logged.backfillMessages());
    }
}
