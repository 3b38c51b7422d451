package io.retally.bench.streams;

import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.DocumentCodec;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * By contact: keeps what a rep has done, marks what is touched, and settles that once a second, however often it was touched:
 * rows that have changed, and for each program one difference of its sums.
 */
@SuppressWarnings("NullAway.Init") // set by init
final class Ledger implements Processor<String, Change, String, Outcome> {
    static final String INTERACTIONS = "interactions";
    static final String ENROLLMENTS = "enrollments";
    /** Contacts, accounts, programs. */
    static final String ENTITIES = "entities";

    static final String TOUCHED = "touched";
    static final String RESULTS = "results";
    static final Duration SETTLE_EVERY = Duration.ofSeconds(1);

    /** Ends each part of a key; no id that is served has it. */
    private static final char END = '\u0000';

    private ProcessorContext<String, Outcome> context;
    private KeyValueStore<String, Documents> interactions;
    private KeyValueStore<String, Documents> enrollments;
    private KeyValueStore<String, byte[]> entities;
    private KeyValueStore<String, byte[]> touched;
    private KeyValueStore<String, Result> results;

    @Override
    public void init(ProcessorContext<String, Outcome> given) {
        context = given;
        interactions = given.getStateStore(INTERACTIONS);
        enrollments = given.getStateStore(ENROLLMENTS);
        entities = given.getStateStore(ENTITIES);
        touched = given.getStateStore(TOUCHED);
        results = given.getStateStore(RESULTS);
        given.schedule(SETTLE_EVERY, PunctuationType.WALL_CLOCK_TIME, this::settleTouched);
    }

    @Override
    public void process(Record<String, Change> message) {
        Change change = message.value();
        switch (change.collection()) {
            case INTERACTIONS -> {
                Interaction interaction = (Interaction) change.document();
                String member = key(interaction.contactId(), interaction.programId());
                update(interactions, member + interaction.lessonId() + END, change);
                touch(member);
            }
            case ENROLLMENTS -> {
                Enrollment enrollment = (Enrollment) change.document();
                String member = key(enrollment.contactId(), enrollment.programId());
                update(enrollments, member, change);
                touch(member);
            }
            case CONTACTS -> {
                put(change);
                touchPrefix(change.id() + END);
            }
            case PROGRAMS -> {
                put(change);
                touchAll(member -> member.endsWith(END + change.id() + END));
            }
            case ACCOUNTS -> {
                put(change);
                touchAll(member -> true);
            }
            case TEAMS -> throw new IllegalArgumentException("teams are not read");
        }
    }

    private static String key(String contactId, String programId) {
        return contactId + END + programId + END;
    }

    private static void update(KeyValueStore<String, Documents> store, String key, Change change) {
        Documents documents = store.get(key);
        Documents now = documents == null ? new Documents(new TreeMap<>()) : documents;
        if (change.retract()) {
            now.images().remove(change.id());
        } else {
            now.images().put(change.id(), Objects.requireNonNull(change.image()));
        }
        if (now.images().isEmpty()) {
            store.delete(key);
        } else {
            store.put(key, now);
        }
    }

    private void put(Change change) {
        entities.put(change.collection().ordinal() + "/" + change.id(), change.retract() ? null : change.image());
    }

    private void touch(String member) {
        touched.put(member, new byte[0]);
    }

    private void touchPrefix(String prefix) {
        try (KeyValueIterator<String, Documents> members = enrollments.prefixScan(prefix, new StringSerializer())) {
            members.forEachRemaining(member -> touch(member.key));
        }
    }

    private void touchAll(Predicate<String> which) {
        try (KeyValueIterator<String, Documents> members = enrollments.all()) {
            members.forEachRemaining(member -> {
                if (which.test(member.key)) {
                    touch(member.key);
                }
            });
        }
    }

    private void settleTouched(long now) {
        List<String> members = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = touched.all()) {
            all.forEachRemaining(entry -> members.add(entry.key));
        }
        Map<String, Share> differences = new HashMap<>();
        for (String member : members) {
            settle(member, now, differences);
            touched.delete(member);
        }
        differences.forEach((program, share) -> context.forward(new Record<>(program, Outcome.share(share), now)));
    }

    private void settle(String member, long now, Map<String, Share> differences) {
        Result before = results.get(member);
        Membership membership = membership(member);
        Result after = membership == null ? null : membership.result(interactionsOf(member));
        if (before == null && after == null) {
            return;
        }
        results.put(member, after);
        String rowBefore = before == null ? null : before.repProgram();
        String rowAfter = after == null ? null : after.repProgram();
        forward(Outcome.REP_PROGRAM, member, rowBefore, rowAfter, now);
        Map<String, @Nullable String> lessons = new TreeMap<>();
        if (before != null) {
            lessons.putAll(before.lessons());
        }
        if (after != null) {
            lessons.putAll(after.lessons());
        }
        for (String lesson : lessons.keySet()) {
            forward(
                    Outcome.REP_LESSON,
                    member + lesson + END,
                    before == null ? null : before.lessons().get(lesson),
                    after == null ? null : after.lessons().get(lesson),
                    now);
        }
        long[] difference = new long[Share.COLUMNS];
        for (int i = 0; i < Share.COLUMNS; i++) {
            difference[i] = (after == null ? 0 : after.share()[i]) - (before == null ? 0 : before.share()[i]);
        }
        String account = after == null ? "" : after.accountId();
        if (before == null
                || !before.accountId().equals(account)
                || Arrays.stream(difference).anyMatch(d -> d != 0)) {
            differences.merge(partsOf(member)[1], new Share(account, difference), Share::plus);
        }
    }

    private void forward(String table, String key, @Nullable String before, @Nullable String after, long now) {
        if (!Objects.equals(before, after)) {
            context.forward(new Record<>(key, Outcome.row(table, after), now));
        }
    }

    private static String[] partsOf(String member) {
        int end = member.indexOf(END);
        return new String[] {member.substring(0, end), member.substring(end + 1, member.length() - 1)};
    }

    private @Nullable Membership membership(String member) {
        String[] parts = partsOf(member);
        Documents enrolled = enrollments.get(member);
        Contact contact = (Contact) entity(Collection.CONTACTS, parts[0]);
        Program program = (Program) entity(Collection.PROGRAMS, parts[1]);
        if (enrolled == null || contact == null || program == null || contact.removedAt() != null) {
            return null;
        }
        Account account = (Account) entity(Collection.ACCOUNTS, program.accountId());
        if (account == null || !contact.accountId().equals(account.id())) {
            return null;
        }
        return enrolled.images().entrySet().stream()
                .map(image ->
                        (Enrollment) DocumentCodec.fromBytes(Collection.ENROLLMENTS, image.getKey(), image.getValue()))
                .filter(enrollment -> enrollment.withdrawnAt() == null
                        && enrollment.accountId().equals(account.id()))
                .max(Membership.LATEST)
                .map(latest -> new Membership(contact, latest, program))
                .orElse(null);
    }

    private @Nullable Document entity(Collection collection, String id) {
        byte[] image = entities.get(collection.ordinal() + "/" + id);
        return image == null ? null : DocumentCodec.fromBytes(collection, id, image);
    }

    private Map<String, List<Interaction>> interactionsOf(String member) {
        Map<String, List<Interaction>> byLesson = new HashMap<>();
        try (KeyValueIterator<String, Documents> lessons = interactions.prefixScan(member, new StringSerializer())) {
            lessons.forEachRemaining(lesson -> {
                String id = lesson.key.substring(member.length(), lesson.key.length() - 1);
                List<Interaction> all = new ArrayList<>();
                lesson.value
                        .images()
                        .forEach((interaction, image) -> all.add(
                                (Interaction) DocumentCodec.fromBytes(Collection.INTERACTIONS, interaction, image)));
                byLesson.put(id, all);
            });
        }
        return byLesson;
    }
}
