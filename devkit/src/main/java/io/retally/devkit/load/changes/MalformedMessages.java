package io.retally.devkit.load.changes;

import static io.retally.core.document.Collection.ACCOUNTS;
import static io.retally.core.document.Collection.CONTACTS;
import static io.retally.core.document.Collection.ENROLLMENTS;
import static io.retally.core.document.Collection.INTERACTIONS;
import static io.retally.core.document.Collection.PROGRAMS;
import static io.retally.core.document.Collection.TEAMS;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.retally.core.document.Collection;
import io.retally.core.document.Verb;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.Documents;
import io.retally.devkit.load.destination.DebeziumMessages;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Malformed messages of every kind in turn, all of documents that exist nowhere else. */
public final class MalformedMessages {

    /** The first moment after the year 9999. */
    private static final long YEAR_10000_MILLIS = 253_402_300_800_000L;

    private final DebeziumMessages messages;
    private final String idPrefix;
    private final List<Kind> kinds = new ArrayList<>();

    private record Kind(
            String name,
            Collection collection,
            Function<BsonString, byte @Nullable []> key,
            Function<BsonString, byte[]> value) {}

    public MalformedMessages(String topicPrefix, long seed) {
        this.messages = new DebeziumMessages(topicPrefix, "coaching", Clock.systemUTC());
        this.idPrefix = "malformed-" + seed + "-";
        addBrokenMessages();
        addBrokenKeys();
        addUnusableReferences();
        addUnusablePrograms();
        addUnusableInteractions();
    }

    /** The names of all kinds, in their order. */
    public List<String> kinds() {
        return kinds.stream().map(Kind::name).toList();
    }

    /** The first messages of an endless row. */
    public Stream<MalformedMessage> first(int count) {
        return IntStream.range(0, count).mapToObj(number -> {
            Kind kind = kinds.get(number % kinds.size());
            BsonString id = new BsonString(idPrefix + number);
            return new MalformedMessage(
                    kind.name(),
                    kind.collection(),
                    kind.key().apply(id),
                    kind.value().apply(id));
        });
    }

    private void addBrokenMessages() {
        addValue("not JSON: text", CONTACTS, id -> "gone fishing");
        addValue("not JSON: cut off", INTERACTIONS, id -> good(interaction(id)).substring(0, 120));
        addValue("not JSON: no bytes", CONTACTS, id -> "");
        addValue("no object: a number", TEAMS, id -> "42");
        addValue("no object: an array", PROGRAMS, id -> "[" + good(contact(id)) + "]");
        addValue("no op", CONTACTS, id -> good(contact(id)).replace("\"op\":\"c\",", ""));
        addValue("unknown op", CONTACTS, id -> good(contact(id)).replace("\"op\":\"c\"", "\"op\":\"x\""));
        addValue("op is no string", CONTACTS, id -> good(contact(id)).replace("\"op\":\"c\"", "\"op\":7"));
        addValue("insertion without after", ENROLLMENTS, id -> "{\"before\":null,\"after\":null,\"op\":\"c\"}");
        addValue("snapshot without after", CONTACTS, id -> "{\"before\":null,\"after\":null,\"op\":\"r\"}");
        addValue("after is no JSON", CONTACTS, id -> "{\"before\":null,\"after\":\"{\\\"_id\\\": \",\"op\":\"c\"}");
        addValue("after is no document", TEAMS, id -> "{\"before\":null,\"after\":\"[1, 2]\",\"op\":\"c\"}");
        kinds.add(new Kind("bytes that are no UTF-8", INTERACTIONS, messages::key, id ->
                new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1}));
    }

    private void addBrokenKeys() {
        addKey("key is no JSON", id -> "key".getBytes(UTF_8));
        addKey("key without id", id -> "{\"_id\":\"1\"}".getBytes(UTF_8));
        addKey("key's id is no JSON", id -> "{\"id\":\"{broken\"}".getBytes(UTF_8));
        addKey("key of no bytes", id -> new byte[0]);
        addKey("no key", id -> null);
    }

    private void addUnusableReferences() {
        for (String zone : List.of("+05:30", "UTC+3", "Mars/Olympus_Mons", "")) {
            add("no time zone: '" + zone + "'", ACCOUNTS, id -> Documents.account(id, "A", zone));
        }
        add("account without name", ACCOUNTS, without("name", this::account));
        add("team without accountId", TEAMS, without("accountId", this::team));
        add("team's name is a number", TEAMS, with("name", new BsonInt32(7), this::team));
        add("contact's name is null", CONTACTS, with("name", BsonNull.VALUE, this::contact));
        add("name with U+0000", CONTACTS, with("name", new BsonString("A\u0000b"), this::contact));
        add("name with a lone surrogate", CONTACTS, with("name", new BsonString("A\uD800b"), this::contact));
        add("removedAt is a string", CONTACTS, with("removedAt", new BsonString("yesterday"), this::contact));
        add("enrolment without enrolledAt", ENROLLMENTS, without("enrolledAt", this::enrollment));
        add("enrolment without contactId", ENROLLMENTS, without("contactId", this::enrollment));
        add(
                "dueAt after the year 9999",
                ENROLLMENTS,
                with("dueAt", new BsonDateTime(YEAR_10000_MILLIS), this::enrollment));
        add("withdrawnAt is a boolean", ENROLLMENTS, with("withdrawnAt", BsonBoolean.TRUE, this::enrollment));
    }

    private void addUnusablePrograms() {
        add("passPercent above 100", PROGRAMS, with("passPercent", new BsonInt32(101), this::program));
        add("passPercent below 0", PROGRAMS, with("passPercent", new BsonInt32(-1), this::program));
        add("passPercent is not whole", PROGRAMS, with("passPercent", new BsonDouble(79.5), this::program));
        add("lessons is no array", PROGRAMS, with("lessons", new BsonString("none"), this::program));
        add("program without lessons", PROGRAMS, without("lessons", this::program));
        add("two lessons of one id", PROGRAMS, withLessons(lesson(), lesson()));
        add("lesson without title", PROGRAMS, withLessons(without("title", lesson())));
        add("lesson is no document", PROGRAMS, withLessons(new BsonInt32(1)));
        add("video longer than a day", PROGRAMS, withLessons(lesson().append("videoSeconds", new BsonInt32(86_401))));
        add("required is a string", PROGRAMS, withLessons(lesson().append("required", new BsonString("yes"))));
        add("questionIds is no array", PROGRAMS, withLessons(lesson().append("questionIds", new BsonInt32(3))));
    }

    private void addUnusableInteractions() {
        add("unknown verb", INTERACTIONS, with("verb", new BsonString("lesson_burned"), this::interaction));
        add("verb in capitals", INTERACTIONS, with("verb", new BsonString("LESSON_OPENED"), this::interaction));
        add("interaction without verb", INTERACTIONS, without("verb", this::interaction));
        add("interaction without at", INTERACTIONS, without("at", this::interaction));
        add("at is a string", INTERACTIONS, with("at", new BsonString("2026-01-01"), this::interaction));
        add("at before the year 1", INTERACTIONS, with("at", new BsonDateTime(-YEAR_10000_MILLIS), this::interaction));
        add("lessonId is null", INTERACTIONS, with("lessonId", BsonNull.VALUE, this::interaction));
        add("segment beyond 32 bits", INTERACTIONS, with("segment", new BsonInt64(3_000_000_000L), this::interaction));
        add("segment is not whole", INTERACTIONS, with("segment", new BsonDouble(1.5), this::interaction));
        add("segment is a string", INTERACTIONS, with("segment", new BsonString("1"), this::interaction));
        add("correct is a string", INTERACTIONS, with("correct", new BsonString("true"), this::interaction));
        add("choice is a number", INTERACTIONS, with("choice", new BsonInt32(1), this::interaction));
    }

    private BsonDocument account(BsonString id) {
        return Documents.account(id, "Account " + id.getValue(), "UTC");
    }

    private BsonDocument team(BsonString id) {
        return Documents.team(id, id, "Team " + id.getValue(), null);
    }

    private BsonDocument contact(BsonString id) {
        return Documents.contact(id, id, "Contact " + id.getValue(), null);
    }

    private BsonDocument enrollment(BsonString id) {
        return Documents.enrollment(id, id, id, id, Instant.EPOCH, null, null);
    }

    private BsonDocument program(BsonString id) {
        return Documents.program(id, id, "Program " + id.getValue(), "none", 80, List.of());
    }

    private BsonDocument interaction(BsonString id) {
        return Documents.interaction(id, id, id, id, id, Verb.LESSON_OPENED, 0);
    }

    private static BsonDocument lesson() {
        return Documents.lesson(new BsonString("l1"), "Lesson", 0, true, List.of());
    }

    private Function<BsonString, BsonDocument> withLessons(BsonValue... lessons) {
        return with("lessons", new BsonArray(List.of(lessons)), this::program);
    }

    private static Function<BsonString, BsonDocument> with(
            String field, BsonValue value, Function<BsonString, BsonDocument> document) {
        return id -> document.apply(id).append(field, value);
    }

    private static Function<BsonString, BsonDocument> without(
            String field, Function<BsonString, BsonDocument> document) {
        return id -> without(field, document.apply(id));
    }

    private static BsonDocument without(String field, BsonDocument document) {
        document.remove(field);
        return document;
    }

    /** Every other unusable document comes as an update. */
    private void add(String name, Collection collection, Function<BsonString, BsonDocument> document) {
        boolean update = kinds.size() % 2 == 0;
        kinds.add(new Kind(name, collection, messages::key, id -> {
            BsonDocument unusable = document.apply(id);
            return messages.value(
                    update
                            ? ChangeOfDocument.replace(collection, unusable)
                            : ChangeOfDocument.insert(collection, unusable));
        }));
    }

    private void addValue(String name, Collection collection, Function<BsonString, String> value) {
        kinds.add(
                new Kind(name, collection, messages::key, id -> value.apply(id).getBytes(UTF_8)));
    }

    private void addKey(String name, Function<BsonString, byte @Nullable []> key) {
        kinds.add(new Kind(name, CONTACTS, key, id -> good(contact(id)).getBytes(UTF_8)));
    }

    /** The message of a document that nothing is wrong with. */
    private String good(BsonDocument document) {
        return new String(messages.value(ChangeOfDocument.insert(CONTACTS, document)), UTF_8);
    }
}
