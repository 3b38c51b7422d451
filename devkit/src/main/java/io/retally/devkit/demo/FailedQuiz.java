package io.retally.devkit.demo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import io.retally.core.document.Verb;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.oracle.Ids;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Lets a rep fail a quiz in MongoDB, and waits, however long it takes, until MongoDB has the assignment that a rule makes of it. */
public final class FailedQuiz {
    private static final long PAUSE_MILLIS = 2;
    private static final int BELOW_PERCENT = 50;

    private final Connection connection;
    private final String mongodbUri;

    /** @param connection may read schema serving */
    public FailedQuiz(Connection connection, String mongodbUri) {
        this.connection = connection;
        this.mongodbUri = mongodbUri;
    }

    /**
     * A quiz that was failed.
     *
     * @param answers that were wrong
     * @param belowPercent the rule's condition
     * @param reason the assignment's
     * @param took from the wrong answers in MongoDB until the assignment was there
     */
    public record Failed(String rep, String lesson, int answers, int belowPercent, String reason, Duration took) {}

    /** A rep that has answered all questions of a lesson right so far. */
    private record Quiz(
            String contactId, String rep, String programId, String lessonId, String lesson, String accountId) {}

    /** Empty while no rep has answered anything right. */
    public Optional<Failed> fail() throws SQLException, InterruptedException {
        Optional<Quiz> chosen = choose();
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        try (MongoClient client = MongoClients.create(mongodbUri)) {
            return fail(chosen.get(), client.getDatabase(MongoTarget.DATABASE));
        }
    }

    private static Optional<Failed> fail(Quiz quiz, MongoDatabase database) throws InterruptedException {
        MongoCollection<BsonDocument> interactions = database.getCollection("interactions", BsonDocument.class);
        List<BsonDocument> wrong = new ArrayList<>();
        for (BsonDocument answer : interactions.find(Filters.and(
                Filters.eq("contactId", new BsonObjectId(new ObjectId(quiz.contactId))),
                Filters.eq("verb", Verb.QUESTION_ANSWERED.verbName())))) {
            if (quiz.lessonId.equals(text(answer.get("lessonId")))) {
                wrong.add(answer.clone()
                        .append("_id", new BsonObjectId())
                        .append("at", new BsonDateTime(Instant.now().toEpochMilli()))
                        .append("correct", BsonBoolean.FALSE));
            }
        }
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        putRule(quiz, database);
        Instant begin = Instant.now();
        interactions.insertMany(wrong);
        BsonDocument assignment = null;
        MongoCollection<BsonDocument> assignments = database.getCollection("assignments", BsonDocument.class);
        while (assignment == null) {
            Thread.sleep(PAUSE_MILLIS);
            assignment = assignments.find(Filters.eq("_id", id(quiz))).first();
        }
        return Optional.of(new Failed(
                quiz.rep,
                quiz.lesson,
                wrong.size(),
                BELOW_PERCENT,
                assignment.getString("reason").getValue(),
                Duration.between(begin, Instant.now())));
    }

    private static @Nullable String text(@Nullable BsonValue id) {
        return id == null ? null : Ids.text(id);
    }

    private static BsonDocument id(Quiz quiz) {
        return new BsonDocument("contactId", new BsonString(quiz.contactId))
                .append("programId", new BsonString(quiz.programId))
                .append("lessonId", new BsonString(quiz.lessonId));
    }

    /** Whoever has half of the answers wrong takes the lesson once more. */
    private static void putRule(Quiz quiz, MongoDatabase database) {
        BsonString id = new BsonString("repeat-what-was-failed-in-" + quiz.programId);
        BsonDocument rule = new BsonDocument("_id", id)
                .append("accountId", new BsonString(quiz.accountId))
                .append("programId", new BsonString(quiz.programId))
                .append("priority", new BsonInt32(1))
                .append("action", new BsonString("repeat"))
                .append("when", new BsonDocument("correctPercentBelow", new BsonInt32(BELOW_PERCENT)));
        database.getCollection("assignment_rules", BsonDocument.class)
                .replaceOne(Filters.eq("_id", id), rule, new ReplaceOptions().upsert(true));
    }

    private Optional<Quiz> choose() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select l.contact_id, c.name, l.program_id, l.lesson_id, s.title, l.account_id
                        from serving.rep_lesson l join serving.contact c using (contact_id)
                        join serving.lesson s using (program_id, lesson_id)
                        where l.questions_answered > 0 and l.questions_correct = l.questions_answered
                        order by l.questions_answered desc, l.contact_id, l.lesson_id limit 1""")) {
            return rows.next()
                    ? Optional.of(new Quiz(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6)))
                    : Optional.empty();
        }
    }
}
