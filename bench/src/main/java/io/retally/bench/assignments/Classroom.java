package io.retally.bench.assignments;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.retally.core.document.Collection;
import io.retally.core.document.Verb;
import io.retally.devkit.load.ChangeOfDocument;
import io.retally.devkit.load.Documents;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.stack.StackException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/**
 * Reps whom nobody changes but probes: each is enrolled in a program of one lesson, has answered its question wrongly, and so has
 * an assignment by a rule of that program. The first rep's answer is corrected and made wrong again; each other rep is removed once.
 */
final class Classroom implements AutoCloseable {
    private static final BsonString ACCOUNT = new BsonString("classroom-account");
    private static final BsonString PROGRAM = new BsonString("classroom-program");
    private static final BsonString LESSON = new BsonString("l1");
    private static final BsonString QUESTION = new BsonString("q1");
    private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");
    private static final long PAUSE_MILLIS = 2;

    private final String uri;
    private final int reps;
    private final MongoClient client;
    private final MongoDatabase database;
    private int nextToRemove = 1;

    /** @param removals that there are reps for */
    Classroom(String uri, int removals) {
        this.uri = uri;
        this.reps = removals + 1;
        this.client = MongoClients.create(uri);
        this.database = client.getDatabase(MongoTarget.DATABASE);
    }

    /** Whoever has less than this share of the questions right in a lesson of the program takes it once more. */
    static BsonDocument rule(BsonString account, BsonString program) {
        return new BsonDocument("_id", new BsonString("repeat-in-" + program.getValue()))
                .append("accountId", account)
                .append("programId", program)
                .append("priority", new BsonInt32(1))
                .append("action", new BsonString("repeat"))
                .append("when", new BsonDocument("correctPercentBelow", new BsonInt32(60)));
    }

    /** Puts rules into MongoDB. */
    void insertRules(List<BsonDocument> rules) {
        database.getCollection("assignment_rules", BsonDocument.class).insertMany(rules);
    }

    /** Writes the documents, and returns when every rep has its assignment. */
    void begin(Duration patience) throws InterruptedException {
        insertRules(List.of(rule(ACCOUNT, PROGRAM)));
        try (MongoTarget target = new MongoTarget(uri)) {
            insert(target, Collection.ACCOUNTS, Documents.account(ACCOUNT, "Classroom", "UTC"));
            insert(
                    target,
                    Collection.PROGRAMS,
                    Documents.program(
                            PROGRAM,
                            ACCOUNT,
                            "Classroom",
                            "training",
                            50,
                            List.of(Documents.lesson(LESSON, "Lesson", 60, true, List.of(QUESTION)))));
            for (int rep = 0; rep < reps; rep++) {
                insert(target, Collection.CONTACTS, Documents.contact(contact(rep), ACCOUNT, "Rep " + rep, null));
                insert(
                        target,
                        Collection.ENROLLMENTS,
                        Documents.enrollment(
                                new BsonString("classroom-enrollment-" + rep),
                                ACCOUNT,
                                contact(rep),
                                PROGRAM,
                                BEGIN,
                                null,
                                null));
                insert(target, Collection.INTERACTIONS, answer(rep, false));
            }
            target.flush();
        }
        await(Filters.eq("programId", PROGRAM), reps, patience);
    }

    private static void insert(MongoTarget target, Collection collection, BsonDocument document) {
        target.accept(ChangeOfDocument.insert(collection, document));
    }

    private static BsonString contact(int rep) {
        return new BsonString("classroom-rep-" + rep);
    }

    private static BsonDocument answer(int rep, boolean correct) {
        return Documents.interaction(
                        new BsonString("classroom-answer-" + rep),
                        ACCOUNT,
                        contact(rep),
                        PROGRAM,
                        LESSON,
                        Verb.QUESTION_ANSWERED,
                        BEGIN.plusSeconds(60).toEpochMilli())
                .append("questionId", QUESTION)
                .append("choice", new BsonString(correct ? "A" : "B"))
                .append("correct", BsonBoolean.valueOf(correct));
    }

    /** Does it, and returns how long it took from the write until MongoDB's {@code assignments} showed what follows. */
    Duration probe(Probe probe, Duration patience) throws InterruptedException {
        return switch (probe) {
            case CORRECTED -> answered(true, patience);
            case WRONG -> answered(false, patience);
            case REMOVED -> removed(nextToRemove++, patience);
        };
    }

    private Duration answered(boolean correct, Duration patience) throws InterruptedException {
        BsonDocument answer = answer(0, correct);
        long begin = System.nanoTime();
        database.getCollection("interactions", BsonDocument.class)
                .replaceOne(Filters.eq("_id", Documents.id(answer)), answer);
        return await(Filters.eq("contactId", contact(0)), correct ? 0 : 1, patience)
                .minusNanos(begin);
    }

    private Duration removed(int rep, Duration patience) throws InterruptedException {
        long begin = System.nanoTime();
        database.getCollection("contacts", BsonDocument.class).deleteOne(Filters.eq("_id", contact(rep)));
        return await(Filters.eq("contactId", contact(rep)), 0, patience).minusNanos(begin);
    }

    /** Returns the moment, in the nanoseconds of {@link System#nanoTime}, when so many assignments were there. */
    private Duration await(Bson which, int count, Duration patience) throws InterruptedException {
        MongoCollection<BsonDocument> assignments = database.getCollection("assignments", BsonDocument.class);
        long end = System.nanoTime() + patience.toNanos();
        while (assignments.countDocuments(which) != count) {
            if (System.nanoTime() > end) {
                throw new StackException(
                        "of %s MongoDB has %d assignments after %d s, and not %d"
                                .formatted(which, assignments.countDocuments(which), patience.toSeconds(), count),
                        "see `./retally status` and the log of the task manager");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public void close() {
        client.close();
    }
}
