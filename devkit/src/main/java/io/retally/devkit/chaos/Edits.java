package io.retally.devkit.chaos;

import io.retally.core.document.Collection;
import io.retally.core.document.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Every kind of change that a document can go through, the unusable ones included. A document is not changed but copied. */
final class Edits {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final List<String> ZONES =
            List.of("America/Chicago", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia", "UTC");

    private final Random random;
    /** Some id of a collection. */
    private final Function<Collection, BsonValue> anyId;

    Edits(Random random, Function<Collection, BsonValue> anyId) {
        this.random = random;
        this.anyId = anyId;
    }

    BsonDocument edit(Collection collection, BsonDocument document) {
        BsonDocument edited = document.clone();
        switch (collection) {
            case ACCOUNTS -> account(edited);
            case TEAMS -> team(edited);
            case CONTACTS -> contact(edited);
            case PROGRAMS -> program(edited);
            case ENROLLMENTS -> enrollment(edited);
            case INTERACTIONS -> interaction(edited);
        }
        return edited;
    }

    private void account(BsonDocument account) {
        switch (random.nextInt(8)) {
            case 0 -> account.put("name", new BsonString("Account " + random.nextInt(100)));
            case 1 -> account.put("timeZone", new BsonString("+05:30")); // no region: unusable
            default -> account.put("timeZone", new BsonString(ZONES.get(random.nextInt(ZONES.size()))));
        }
    }

    private void team(BsonDocument team) {
        switch (random.nextInt(3)) {
            case 0 -> team.put("parentTeamId", anyId.apply(Collection.TEAMS));
            case 1 -> team.remove("parentTeamId");
            default -> team.put("name", name("Team"));
        }
    }

    private void contact(BsonDocument contact) {
        switch (random.nextInt(8)) {
            case 0 -> contact.put("removedAt", new BsonDateTime(random.nextLong(1L << 40)));
            case 1, 2 -> contact.remove("removedAt");
            case 3, 4 -> contact.put("teamId", anyId.apply(Collection.TEAMS));
            case 5 -> contact.remove("teamId");
            default -> contact.put("name", name("Rep"));
        }
    }

    private void enrollment(BsonDocument enrollment) {
        switch (random.nextInt(6)) {
            case 0 -> enrollment.put("withdrawnAt", new BsonDateTime(random.nextLong(1L << 40)));
            case 1, 2 -> enrollment.remove("withdrawnAt");
            case 3 -> enrollment.put("dueAt", moved(enrollment.getDateTime("enrolledAt"), random.nextInt(60)));
            case 4 -> enrollment.put("programId", anyId.apply(Collection.PROGRAMS));
            default -> enrollment.put("enrolledAt", moved(enrollment.getDateTime("enrolledAt"), random.nextInt(3) - 1));
        }
    }

    private void program(BsonDocument program) {
        if (random.nextInt(4) == 0) {
            program.put("passPercent", new BsonInt32(random.nextInt(110))); // above 100: unusable
            return;
        }
        List<BsonValue> lessons = new ArrayList<>(program.getArray("lessons", new BsonArray()));
        if (lessons.isEmpty()) {
            return;
        }
        int place = random.nextInt(lessons.size());
        switch (random.nextInt(5)) {
            case 0 -> lessons.remove(place);
            case 1 -> Collections.shuffle(lessons, random);
            case 2 -> lessons.add(place, anotherLesson(lessons.get(place).asDocument()));
            default -> lessons.set(place, lesson(lessons.get(place).asDocument().clone()));
        }
        program.put("lessons", new BsonArray(lessons));
    }

    private BsonDocument lesson(BsonDocument lesson) {
        switch (random.nextInt(4)) {
            case 0 -> lesson.put("required", BsonBoolean.valueOf(random.nextBoolean()));
            case 1 -> lesson.put("videoSeconds", new BsonInt32(random.nextInt(300)));
            case 2 -> lesson.put("title", name("Lesson"));
            default -> {
                BsonArray questions =
                        lesson.getArray("questionIds", new BsonArray()).clone();
                if (questions.isEmpty() || random.nextBoolean()) {
                    questions.add(new BsonString("q" + random.nextInt(20)));
                } else {
                    questions.remove(random.nextInt(questions.size()));
                }
                lesson.put("questionIds", questions);
            }
        }
        return lesson;
    }

    private BsonDocument anotherLesson(BsonDocument like) {
        return like.clone().append("id", new BsonString("added-" + random.nextInt(1 << 20)));
    }

    private void interaction(BsonDocument interaction) {
        switch (random.nextInt(8)) {
            case 0, 1 -> interaction.put("at", moved(interaction.getDateTime("at"), random.nextInt(21) - 10));
            case 2 -> interaction.put("contactId", anyId.apply(Collection.CONTACTS));
            case 3 -> interaction.put("programId", anyId.apply(Collection.PROGRAMS));
            case 4 ->
                interaction.put(
                        "verb",
                        new BsonString(Verb.values()[random.nextInt(Verb.values().length)]
                                .verbName())); // without the fields of its verb: unusable or not, by the contract
            case 5 -> interaction.put("segment", new BsonString("three")); // unusable
            case 6 -> interaction.remove("segment");
            default -> interaction.put("correct", BsonBoolean.valueOf(random.nextBoolean()));
        }
    }

    private BsonString name(String kind) {
        return new BsonString(kind + " " + random.nextInt(10_000));
    }

    private static BsonDateTime moved(BsonDateTime time, int days) {
        return new BsonDateTime(time.getValue() + days * DAY_MILLIS);
    }
}
