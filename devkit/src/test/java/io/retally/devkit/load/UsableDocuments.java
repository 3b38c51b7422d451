package io.retally.devkit.load;

import io.retally.core.document.Collection;
import io.retally.core.document.TimeZones;
import io.retally.core.document.Verb;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/** The contract's rules for a usable document, as far as loads can break them. */
public final class UsableDocuments {

    private static final Set<BsonType> ID = Set.of(BsonType.STRING, BsonType.OBJECT_ID, BsonType.INT32);
    private static final Set<BsonType> TEXT = Set.of(BsonType.STRING);
    private static final Set<BsonType> WHOLE = Set.of(BsonType.INT32);
    private static final Set<BsonType> TRUTH = Set.of(BsonType.BOOLEAN);
    private static final Set<BsonType> TIME = Set.of(BsonType.DATE_TIME);
    private static final Set<BsonType> LIST = Set.of(BsonType.ARRAY);

    private static final Map<Collection, Map<String, Set<BsonType>>> REQUIRED = Map.of(
            Collection.ACCOUNTS, Map.of("_id", ID, "name", TEXT, "timeZone", TEXT),
            Collection.TEAMS, Map.of("_id", ID, "accountId", ID, "name", TEXT),
            Collection.CONTACTS, Map.of("_id", ID, "accountId", ID, "name", TEXT),
            Collection.PROGRAMS,
                    Map.of(
                            "_id",
                            ID,
                            "accountId",
                            ID,
                            "name",
                            TEXT,
                            "kind",
                            TEXT,
                            "passPercent",
                            WHOLE,
                            "lessons",
                            LIST),
            Collection.ENROLLMENTS,
                    Map.of("_id", ID, "accountId", ID, "contactId", ID, "programId", ID, "enrolledAt", TIME),
            Collection.INTERACTIONS,
                    Map.of(
                            "_id",
                            ID,
                            "accountId",
                            ID,
                            "contactId",
                            ID,
                            "programId",
                            ID,
                            "lessonId",
                            ID,
                            "verb",
                            TEXT,
                            "at",
                            TIME));

    private static final Map<Collection, Map<String, Set<BsonType>>> OPTIONAL = Map.of(
            Collection.ACCOUNTS, Map.of(),
            Collection.TEAMS, Map.of("parentTeamId", ID),
            Collection.CONTACTS, Map.of("teamId", ID, "removedAt", TIME),
            Collection.PROGRAMS, Map.of(),
            Collection.ENROLLMENTS, Map.of("dueAt", TIME, "withdrawnAt", TIME),
            Collection.INTERACTIONS, Map.of("segment", WHOLE, "questionId", ID, "choice", TEXT, "correct", TRUTH));

    private static final Map<String, Set<BsonType>> LESSON =
            Map.of("id", ID, "title", TEXT, "videoSeconds", WHOLE, "required", TRUTH, "questionIds", LIST);

    private UsableDocuments() {}

    /** Throws if the document is not usable, or has a field that the contract does not name. */
    public static void check(Collection collection, BsonDocument document) {
        fields(document, REQUIRED.getOrDefault(collection, Map.of()), OPTIONAL.getOrDefault(collection, Map.of()));
        document.values().forEach(value -> servable(value, document));
        switch (collection) {
            case ACCOUNTS ->
                require(TimeZones.isRegionName(document.getString("timeZone").getValue()), document);
            case PROGRAMS -> program(document);
            case INTERACTIONS -> require(Verb.named(document.getString("verb").getValue()) != null, document);
            default -> {}
        }
    }

    private static void program(BsonDocument program) {
        int pass = program.getInt32("passPercent").getValue();
        require(pass >= 0 && pass <= 100, program);
        Set<BsonValue> ids = new HashSet<>();
        for (BsonValue value : program.getArray("lessons")) {
            BsonDocument lesson = value.asDocument();
            fields(lesson, LESSON, Map.of());
            int seconds = lesson.getInt32("videoSeconds").getValue();
            require(seconds >= 0 && seconds <= 86_400 && ids.add(lesson.get("id")), program);
            List<BsonValue> questions = lesson.getArray("questionIds");
            require(questions.stream().allMatch(id -> ID.contains(id.getBsonType())), program);
        }
    }

    private static void fields(
            BsonDocument document, Map<String, Set<BsonType>> required, Map<String, Set<BsonType>> optional) {
        require(document.keySet().containsAll(required.keySet()), document);
        document.forEach((field, value) -> require(
                required.getOrDefault(field, optional.getOrDefault(field, Set.of()))
                        .contains(value.getBsonType()),
                document));
    }

    /** No date outside the years 1 to 9999, no text that PostgreSQL cannot hold. */
    private static void servable(BsonValue value, BsonDocument document) {
        if (value.isDateTime()) {
            long at = value.asDateTime().getValue();
            require(at >= -62_135_596_800_000L && at < 253_402_300_800_000L, document);
        } else if (value.isString()) {
            require(
                    value.asString().getValue().codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF)),
                    document);
        }
    }

    private static void require(boolean rule, BsonDocument document) {
        if (!rule) {
            throw new AssertionError("not usable: " + document.toJson());
        }
    }
}
