package io.retally.jobs.mongo;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.retally.core.assignment.Assignment;
import io.retally.core.assignment.LessonStanding;
import java.util.List;
import org.apache.flink.connector.mongodb.sink.writer.context.MongoSinkContext;
import org.apache.flink.connector.mongodb.sink.writer.serializer.MongoSerializationSchema;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Writes assignments as {@code docs/contract-assignments.sql} says. Written twice, a change changes nothing. */
final class AssignmentSchema implements MongoSerializationSchema<AssignmentChange> {
    private static final long serialVersionUID = 1;

    private static final String CONTACT_ID = "contactId";
    private static final String PROGRAM_ID = "programId";
    private static final String LESSON_ID = "lessonId";

    /** In this order: another order is another id. */
    private static final List<String> PARTS = List.of(CONTACT_ID, PROGRAM_ID, LESSON_ID);

    @Override
    public WriteModel<BsonDocument> serialize(AssignmentChange change, MongoSinkContext context) {
        BsonDocument id = id(change.id());
        Assignment assignment = change.assignment();
        return assignment == null
                ? new DeleteOneModel<>(Filters.eq("_id", id))
                : new ReplaceOneModel<>(
                        Filters.eq("_id", id), document(id, assignment), new ReplaceOptions().upsert(true));
    }

    private static BsonDocument id(AssignmentId id) {
        return new BsonDocument(CONTACT_ID, new BsonString(id.contactId()))
                .append(PROGRAM_ID, new BsonString(id.programId()))
                .append(LESSON_ID, new BsonString(id.lessonId()));
    }

    private static BsonDocument document(BsonDocument id, Assignment assignment) {
        LessonStanding grounds = assignment.grounds();
        return new BsonDocument("_id", id)
                .append("accountId", new BsonString(grounds.accountId()))
                .append(CONTACT_ID, new BsonString(grounds.contactId()))
                .append(PROGRAM_ID, new BsonString(grounds.programId()))
                .append(LESSON_ID, new BsonString(grounds.lessonId()))
                .append("ruleId", new BsonString(assignment.ruleId()))
                .append("action", new BsonString(assignment.action().word()))
                .append("targetLessonId", new BsonString(assignment.targetLessonId()))
                .append("reason", new BsonString(assignment.reason()))
                .append("grounds", grounds(grounds));
    }

    private static BsonDocument grounds(LessonStanding grounds) {
        Long openedAt = grounds.openedAt();
        return new BsonDocument("questionsAnswered", new BsonInt64(grounds.questionsAnswered()))
                .append("questionsCorrect", new BsonInt64(grounds.questionsCorrect()))
                .append("answers", new BsonInt64(grounds.answers()))
                .append("segmentsWatched", new BsonInt64(grounds.segmentsWatched()))
                .append("completed", BsonBoolean.valueOf(grounds.completed()))
                .append("openedAt", openedAt == null ? BsonNull.VALUE : new BsonDateTime(openedAt));
    }

    /** The id that a document has, or null if no assignment of ours has such a one. */
    static @Nullable AssignmentId read(BsonDocument stored) {
        if (!stored.isDocument("_id")) {
            return null;
        }
        BsonDocument id = stored.getDocument("_id");
        boolean ours =
                List.copyOf(id.keySet()).equals(PARTS) && id.values().stream().allMatch(value -> value.isString());
        return ours ? new AssignmentId(text(id, CONTACT_ID), text(id, PROGRAM_ID), text(id, LESSON_ID)) : null;
    }

    private static String text(BsonDocument document, String field) {
        return document.getString(field).getValue();
    }
}
