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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * the lessons touched, or all of a rep in a program; rows that have changed, and for each program one difference of its sums.
 */
@SuppressWarnings("NullAway.Init") // set by init
final class Ledger implements Processor<String, Change, String, Outcome> {
    static final String INTERACTIONS = "interactions";
    static final String ENROLLMENTS = "enrollments";
    /** Contacts, accounts, programs. */
    static final String ENTITIES = "entities";

    static final String TOUCHED = "touched";
    static final String LESSON_RESULTS = "lesson-results";
    static final String RESULTS = "results";
    static final Duration SETTLE_EVERY = Duration.ofSeconds(1);

    /** Ends each part of a key; no id that is served has it. */
    private static final char END = '\u0000';

    private ProcessorContext<String, Outcome> context;
    private KeyValueStore<String, Documents> interactions;
    private KeyValueStore<String, Documents> enrollments;
    private KeyValueStore<String, byte[]> entities;
    private KeyValueStore<String, byte[]> touched;
    private KeyValueStore<String, LessonResult> lessonResults;
    private KeyValueStore<String, Result> results;

    @Override
    public void init(ProcessorContext<String, Outcome> given) {
        context = given;
        interactions = given.getStateStore(INTERACTIONS);
        enrollments = given.getStateStore(ENROLLMENTS);
        entities = given.getStateStore(ENTITIES);
        touched = given.getStateStore(TOUCHED);
        lessonResults = given.getStateStore(LESSON_RESULTS);
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
                String lesson = member + interaction.lessonId() + END;
                update(interactions, lesson, change);
                touch(lesson);
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

    /** @param key of a member: all of it; or of one of its lessons */
    private void touch(String key) {
        touched.put(key, new byte[0]);
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
        Map<String, Set<String>> keysByMember = new LinkedHashMap<>();
        for (String key : keys(touched.all())) {
            keysByMember
                    .computeIfAbsent(memberOf(key), member -> new LinkedHashSet<>())
                    .add(key);
            touched.delete(key);
        }
        Map<String, Share> differences = new HashMap<>();
        keysByMember.forEach((member, keys) -> settle(member, keys, now, differences));
        differences.forEach((program, share) -> context.forward(new Record<>(program, Outcome.share(share), now)));
    }

    /** @param keys touched: of the member, or of its lessons */
    private void settle(String member, Set<String> keys, long now, Map<String, Share> differences) {
        Result before = results.get(member);
        Membership membership = membership(member);
        if (before == null && membership == null) {
            return;
        }
        Set<String> lessons = keys;
        if (before == null || membership == null || keys.contains(member)) {
            lessons = new LinkedHashSet<>(keys(lessonResults.prefixScan(member, new StringSerializer())));
            if (membership != null) {
                lessons.addAll(keys(interactions.prefixScan(member, new StringSerializer())));
            }
        }
        for (String lesson : lessons) {
            settleLesson(member, lesson, membership, now);
        }
        Result after = membership == null ? null : membership.result(lessonResultsOf(member));
        results.put(member, after);
        forward(
                Outcome.REP_PROGRAM,
                member,
                before == null ? null : before.repProgram(),
                after == null ? null : after.repProgram(),
                now);
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

    private void settleLesson(String member, String lesson, @Nullable Membership membership, long now) {
        LessonResult before = lessonResults.get(lesson);
        LessonResult after = membership == null
                ? null
                : membership.lesson(lesson.substring(member.length(), lesson.length() - 1), interactionsIn(lesson));
        if (before != null || after != null) {
            lessonResults.put(lesson, after);
            forward(
                    Outcome.REP_LESSON,
                    lesson,
                    before == null ? null : before.row(),
                    after == null ? null : after.row(),
                    now);
        }
    }

    private static List<String> keys(KeyValueIterator<String, ?> entries) {
        List<String> keys = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    private void forward(String table, String key, @Nullable String before, @Nullable String after, long now) {
        if (!Objects.equals(before, after)) {
            context.forward(new Record<>(key, Outcome.row(table, after), now));
        }
    }

    /** @param key of a member, or of one of its lessons */
    private static String memberOf(String key) {
        return key.substring(0, key.indexOf(END, key.indexOf(END) + 1) + 1);
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

    private List<Interaction> interactionsIn(String lesson) {
        List<Interaction> all = new ArrayList<>();
        Documents documents = interactions.get(lesson);
        if (documents != null) {
            documents
                    .images()
                    .forEach((id, image) ->
                            all.add((Interaction) DocumentCodec.fromBytes(Collection.INTERACTIONS, id, image)));
        }
        return all;
    }

    private List<LessonResult> lessonResultsOf(String member) {
        List<LessonResult> all = new ArrayList<>();
        try (KeyValueIterator<String, LessonResult> lessons =
                lessonResults.prefixScan(member, new StringSerializer())) {
            lessons.forEachRemaining(lesson -> all.add(lesson.value));
        }
        return all;
    }
}
