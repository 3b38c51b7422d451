package io.retally.devkit.load.changes;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.Documents;
import io.retally.devkit.load.LoadException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Changes to documents that are there, chosen by a seed: the same documents and seed give the same changes. No document
 * is chosen for two kinds of change, except that the restored contacts are among the removed ones.
 */
public final class ChangesToDocuments {

    private static final long YEAR_MILLIS = Duration.ofDays(365).toMillis();
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final CurrentDocuments documents;
    private final WantedChanges wanted;
    private final long seed;
    private final Instant now;
    private final List<ChangeOfDocument> changes = new ArrayList<>();
    private final List<ChangeOfDocument> restorations = new ArrayList<>();
    private final List<ChangeOfDocument> backfills = new ArrayList<>();

    private ChangesToDocuments(CurrentDocuments documents, WantedChanges wanted, long seed, Instant now) {
        this.documents = documents;
        this.wanted = wanted;
        this.seed = seed;
        this.now = now;
    }

    /**
     * What to change, in this order.
     *
     * @param changes removals, moves, edits, deletions and corrections, mixed; then the restorations
     * @param backfills interactions of the year before, all new
     */
    public record Chosen(List<ChangeOfDocument> changes, List<ChangeOfDocument> backfills) {
        public Chosen {
            changes = List.copyOf(changes);
            backfills = List.copyOf(backfills);
        }
    }

    /**
     * Reads what is there and chooses.
     *
     * @throws LoadException if there is not enough to choose from
     */
    public static Chosen choose(CurrentDocuments documents, WantedChanges wanted, long seed, Instant now) {
        ChangesToDocuments chosen = new ChangesToDocuments(documents, wanted, seed, now);
        chosen.changePrograms();
        chosen.changeContacts();
        chosen.changeInteractions();
        Collections.shuffle(chosen.changes, new Random(seed));
        chosen.changes.addAll(chosen.restorations);
        return new Chosen(chosen.changes, chosen.backfills);
    }

    private void changePrograms() {
        if (!wanted.lessonRemoved() && wanted.passPercent() == null) {
            return;
        }
        BsonDocument program = sample(Collection.PROGRAMS, 1).get(0).clone();
        if (wanted.lessonRemoved()) {
            List<BsonValue> lessons = program.getArray("lessons");
            lessons.remove(lessons.size() / 2);
        }
        if (wanted.passPercent() != null) {
            program.put("passPercent", new BsonInt32(wanted.passPercent()));
        }
        changes.add(ChangeOfDocument.replace(Collection.PROGRAMS, program));
    }

    private void changeContacts() {
        int removed = wanted.contactsRemoved();
        List<BsonDocument> contacts = sample(Collection.CONTACTS, removed + wanted.contactsMoved());
        for (int i = 0; i < removed; i++) {
            BsonDocument contact = contacts.get(i);
            changes.add(
                    i % 2 == 0
                            ? ChangeOfDocument.delete(Collection.CONTACTS, Documents.id(contact))
                            : ChangeOfDocument.replace(
                                    Collection.CONTACTS, contact.clone().append("removedAt", Documents.time(now))));
            if (i < wanted.contactsRestored()) {
                restorations.add(
                        i % 2 == 0
                                ? ChangeOfDocument.insert(Collection.CONTACTS, contact)
                                : ChangeOfDocument.replace(Collection.CONTACTS, contact));
            }
        }
        move(contacts.subList(removed, contacts.size()));
    }

    private void move(List<BsonDocument> contacts) {
        if (contacts.isEmpty()) {
            return;
        }
        Map<BsonValue, List<BsonValue>> teams = new HashMap<>();
        for (BsonDocument team : sample(Collection.TEAMS, Integer.MAX_VALUE)) {
            teams.computeIfAbsent(team.get("accountId"), account -> new ArrayList<>())
                    .add(Documents.id(team));
        }
        Random dice = new Random(seed);
        for (BsonDocument contact : contacts) {
            List<BsonValue> others = new ArrayList<>(teams.getOrDefault(contact.get("accountId"), List.of()));
            others.remove(contact.get("teamId"));
            if (others.isEmpty()) {
                throw new LoadException("Contact " + contact.toJson() + " has no other team to move to. "
                        + "Load more teams first, or leave out --moved.");
            }
            changes.add(ChangeOfDocument.replace(
                    Collection.CONTACTS, contact.clone().append("teamId", others.get(dice.nextInt(others.size())))));
        }
    }

    private void changeInteractions() {
        int deleted = wanted.interactionsDeleted();
        int corrected = wanted.interactionsCorrected();
        int backfilled = wanted.interactionsBackfilled();
        if (deleted + corrected + backfilled == 0) {
            return;
        }
        Sample answers = new Sample(seed, corrected);
        Sample any = new Sample(seed + 1, deleted + corrected + backfilled);
        documents.readAll(Collection.INTERACTIONS, (key, document) -> {
            any.offer(key, document);
            answers.offer(key, () -> {
                BsonDocument interaction = document.get();
                return interaction != null && isAnswer(interaction) ? interaction : null;
            });
        });
        List<BsonDocument> toCorrect = answers.documents();
        Set<BsonValue> taken =
                new HashSet<>(toCorrect.stream().map(Documents::id).toList());
        List<BsonDocument> others = any.documents().stream()
                .filter(interaction -> !taken.contains(Documents.id(interaction)))
                .toList();
        int more = corrected - toCorrect.size();
        if (others.size() < more + deleted || others.size() < backfilled) {
            throw tooFew(Collection.INTERACTIONS, deleted + corrected, others.size() + toCorrect.size());
        }
        toCorrect.addAll(others.subList(0, more));
        toCorrect.forEach(
                interaction -> changes.add(ChangeOfDocument.replace(Collection.INTERACTIONS, corrected(interaction))));
        others.subList(more, more + deleted)
                .forEach(interaction ->
                        changes.add(ChangeOfDocument.delete(Collection.INTERACTIONS, Documents.id(interaction))));
        others.subList(others.size() - backfilled, others.size())
                .forEach(interaction ->
                        backfills.add(ChangeOfDocument.insert(Collection.INTERACTIONS, backfilled(interaction))));
    }

    private static boolean isAnswer(BsonDocument interaction) {
        return new BsonString("question_answered").equals(interaction.get("verb"));
    }

    /** A wrong answer was right after all, or the other way round; what is no answer happened a day later. */
    private static BsonDocument corrected(BsonDocument interaction) {
        return isAnswer(interaction)
                ? interaction
                        .clone()
                        .append(
                                "correct",
                                BsonBoolean.valueOf(!interaction
                                        .getBoolean("correct", BsonBoolean.FALSE)
                                        .getValue()))
                : moved(interaction, DAY_MILLIS);
    }

    private BsonDocument backfilled(BsonDocument interaction) {
        return moved(interaction, -YEAR_MILLIS)
                .append("_id", new BsonString("backfilled-" + seed + "-" + backfills.size()));
    }

    private static BsonDocument moved(BsonDocument interaction, long millis) {
        return interaction
                .clone()
                .append("at", new BsonDateTime(interaction.getDateTime("at").getValue() + millis));
    }

    private List<BsonDocument> sample(Collection collection, int size) {
        Sample sample = new Sample(seed, size == Integer.MAX_VALUE ? size - 1_000 : size);
        documents.readAll(
                collection,
                (key, document) -> sample.offer(key, () -> {
                    BsonDocument latest = document.get();
                    return latest == null || latest.containsKey("removedAt") ? null : latest;
                }));
        List<BsonDocument> chosen = sample.documents();
        if (size < Integer.MAX_VALUE && chosen.size() < size) {
            throw tooFew(collection, size, chosen.size());
        }
        return chosen;
    }

    private static LoadException tooFew(Collection collection, int asked, int there) {
        return new LoadException(String.format(
                "There are only %,d %s to change, fewer than the %,d asked for. Ask for fewer, or load more first.",
                there, collection.collectionName(), asked));
    }
}
