package io.retally.devkit.load;

import io.retally.core.document.Verb;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The documents of the six collections, fields in the contract's order; a null optional field is left out. */
public final class Documents {

    /** Made once: loads write millions of them. */
    private static final Map<Verb, BsonString> VERBS = new EnumMap<>(Arrays.stream(Verb.values())
            .collect(Collectors.toMap(Function.identity(), verb -> new BsonString(verb.verbName()))));

    private Documents() {}

    /** The document's {@code _id}, which it must have. */
    public static BsonValue id(BsonDocument document) {
        return Objects.requireNonNull(document.get("_id"), "a document without _id");
    }

    public static BsonDocument account(BsonValue id, String name, String timeZone) {
        return new BsonDocument("_id", id)
                .append("name", new BsonString(name))
                .append("timeZone", new BsonString(timeZone));
    }

    public static BsonDocument team(BsonValue id, BsonValue accountId, String name, @Nullable BsonValue parentTeamId) {
        BsonDocument team =
                new BsonDocument("_id", id).append("accountId", accountId).append("name", new BsonString(name));
        return appendIfThere(team, "parentTeamId", parentTeamId);
    }

    public static BsonDocument contact(BsonValue id, BsonValue accountId, String name, @Nullable BsonValue teamId) {
        BsonDocument contact =
                new BsonDocument("_id", id).append("accountId", accountId).append("name", new BsonString(name));
        return appendIfThere(contact, "teamId", teamId);
    }

    public static BsonDocument program(
            BsonValue id, BsonValue accountId, String name, String kind, int passPercent, List<BsonDocument> lessons) {
        return new BsonDocument("_id", id)
                .append("accountId", accountId)
                .append("name", new BsonString(name))
                .append("kind", new BsonString(kind))
                .append("passPercent", new BsonInt32(passPercent))
                .append("lessons", new BsonArray(lessons));
    }

    /** An element of a program's {@code lessons}. */
    public static BsonDocument lesson(
            BsonValue id, String title, int videoSeconds, boolean required, List<? extends BsonValue> questionIds) {
        return new BsonDocument("id", id)
                .append("title", new BsonString(title))
                .append("videoSeconds", new BsonInt32(videoSeconds))
                .append("required", BsonBoolean.valueOf(required))
                .append("questionIds", new BsonArray(questionIds));
    }

    public static BsonDocument enrollment(
            BsonValue id,
            BsonValue accountId,
            BsonValue contactId,
            BsonValue programId,
            Instant enrolledAt,
            @Nullable Instant dueAt,
            @Nullable Instant withdrawnAt) {
        BsonDocument enrollment = new BsonDocument("_id", id)
                .append("accountId", accountId)
                .append("contactId", contactId)
                .append("programId", programId)
                .append("enrolledAt", time(enrolledAt));
        appendIfThere(enrollment, "dueAt", dueAt == null ? null : time(dueAt));
        return appendIfThere(enrollment, "withdrawnAt", withdrawnAt == null ? null : time(withdrawnAt));
    }

    /** An interaction without the fields that only some verbs have; append {@code segment} and so on as needed. */
    public static BsonDocument interaction(
            BsonValue id,
            BsonValue accountId,
            BsonValue contactId,
            BsonValue programId,
            BsonValue lessonId,
            Verb verb,
            long atMillis) {
        return new BsonDocument("_id", id)
                .append("accountId", accountId)
                .append("contactId", contactId)
                .append("programId", programId)
                .append("lessonId", lessonId)
                .append("verb", verb(verb))
                .append("at", new BsonDateTime(atMillis));
    }

    /** The time as a BSON date, in whole milliseconds. */
    public static BsonDateTime time(Instant instant) {
        return new BsonDateTime(instant.toEpochMilli());
    }

    private static BsonDocument appendIfThere(BsonDocument document, String field, @Nullable BsonValue value) {
        return value == null ? document : document.append(field, value);
    }

    private static BsonString verb(Verb verb) {
        return Objects.requireNonNull(VERBS.get(verb));
    }
}
