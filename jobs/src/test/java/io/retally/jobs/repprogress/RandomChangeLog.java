package io.retally.jobs.repprogress;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import io.retally.core.document.Verb;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Messages about a handful of documents that change all the time: inserted, changed in every field, moved, removed,
 * restored, deleted, unusable, unreadable, repeated, said by live and by backfill topics. So few ids that everything meets
 * everything.
 */
public final class RandomChangeLog {

    /** A message of a change log. */
    public record Message(Collection collection, Origin origin, byte @Nullable [] key, byte @Nullable [] value) {}

    private static final String[] TIME_ZONES = {"America/Chicago", "Asia/Kolkata", "America/St_Johns", "UTC"};
    private static final long START = 1_700_000_000_000L;

    private final Random random;
    private final List<Message> said = new ArrayList<>();

    /** Draws everything from the seed. */
    public RandomChangeLog(long seed) {
        random = new Random(seed);
    }

    /** The next message; of a document, the order of its messages is that of its log. */
    public Message next() {
        if (!said.isEmpty() && random.nextInt(20) == 0) {
            return said.get(said.size() - 1);
        }
        Collection collection = collection();
        Origin origin = random.nextInt(6) == 0 ? Origin.BACKFILL : Origin.LIVE;
        String id = id(collection);
        byte[] key = random.nextInt(50) == 0 ? unreadableKey() : bytes("{\"id\":\"\\\"" + id + "\\\"\"}");
        Message message = new Message(collection, origin, key, value(collection, id));
        said.add(message);
        return message;
    }

    private byte @Nullable [] unreadableKey() {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> new byte[] {(byte) 0xFF};
            default -> bytes(oneOf(List.of("", "{", "{}", "{\"id\":5}", "{\"id\":\"{\"}")));
        };
    }

    private Collection collection() {
        int dice = random.nextInt(100);
        if (dice < 3) {
            return Collection.ACCOUNTS;
        } else if (dice < 5) {
            return Collection.TEAMS;
        } else if (dice < 15) {
            return Collection.CONTACTS;
        } else if (dice < 22) {
            return Collection.PROGRAMS;
        } else if (dice < 35) {
            return Collection.ENROLLMENTS;
        }
        return Collection.INTERACTIONS;
    }

    private String id(Collection collection) {
        return switch (collection) {
            case ACCOUNTS -> oneOf("a", 2);
            case TEAMS -> oneOf("t", 3);
            case CONTACTS -> oneOf("c", 4);
            case PROGRAMS -> oneOf("p", 2);
            case ENROLLMENTS -> oneOf("e", 9);
            // Some ids sort differently by UTF-16 and by UTF-8.
            case INTERACTIONS -> oneOf(oneOf(List.of("i", "\uFFFD", "\uD83D\uDE00")), 60);
        };
    }

    private byte @Nullable [] value(Collection collection, String id) {
        int dice = random.nextInt(100);
        if (dice < 10) {
            return bytes("{\"op\":\"d\",\"after\":null,\"source\":{\"ts_ms\":" + START + "}}");
        } else if (dice < 12) {
            return null;
        } else if (dice < 14) {
            return bytes("{\"op\":\"u\",\"after\":null,\"source\":{\"ts_ms\":" + START + "}}");
        } else if (dice < 16) {
            return bytes(oneOf(List.of(
                    "",
                    "{",
                    "{\"op\":\"x\"}",
                    "[]",
                    "{\"op\":\"c\",\"after\":null}",
                    "{\"op\":\"u\",\"after\":5}",
                    "{\"op\":\"u\",\"after\":\"{\"}")));
        }
        String document = "{\"_id\": \"" + id + "\"" + fields(collection) + "}";
        String op = oneOf(List.of("c", "u", "r"));
        return bytes("{\"before\":null,\"after\":" + quoted(document) + ",\"op\":\"" + op + "\",\"source\":{\"ts_ms\":"
                + START + "}}");
    }

    private String fields(Collection collection) {
        boolean spoiled = random.nextInt(25) == 0;
        return switch (collection) {
            case ACCOUNTS ->
                text("name", "Account") + text("timeZone", spoiled ? "+05:30" : oneOf(List.of(TIME_ZONES)));
            case TEAMS ->
                account() + (spoiled ? "" : text("name", "Team")) + optional(text("parentTeamId", oneOf("t", 3)));
            case CONTACTS ->
                account()
                        + (spoiled ? ", \"name\": 5" : text("name", "Rep"))
                        + optional(text("teamId", oneOf("t", 3)))
                        + (random.nextInt(4) == 0 ? date("removedAt") : "");
            case PROGRAMS -> program(spoiled);
            case ENROLLMENTS ->
                account()
                        + text("contactId", oneOf("c", 4))
                        + text("programId", oneOf("p", 2))
                        // So few times that enrolments tie.
                        + ", \"enrolledAt\": {\"$date\": " + (START + random.nextInt(3)) + "}"
                        + optional(date("dueAt"))
                        + (spoiled
                                ? ", \"withdrawnAt\": \"today\""
                                : random.nextInt(5) == 0 ? date("withdrawnAt") : "");
            case INTERACTIONS -> interaction(spoiled);
        };
    }

    private String program(boolean spoiled) {
        List<Integer> order = new ArrayList<>(List.of(1, 2, 3));
        java.util.Collections.shuffle(order, random);
        StringJoiner lessons = new StringJoiner(", ", "[", "]");
        for (int lesson : order.subList(0, random.nextInt(4))) {
            StringJoiner questions = new StringJoiner(", ", "[", "]");
            for (int i = random.nextInt(4); i > 0; i--) {
                questions.add("\"" + oneOf("q", 2) + "\"");
            }
            lessons.add("{\"id\": \"l" + lesson + "\", \"title\": \"L\", \"videoSeconds\": " + random.nextInt(50)
                    + ", \"required\": " + random.nextBoolean() + ", \"questionIds\": " + questions + "}");
        }
        return account()
                + text("name", oneOf("Program", 2))
                + text("kind", "k")
                + ", \"passPercent\": " + (spoiled ? 101 : 50 * random.nextInt(3))
                + ", \"lessons\": " + lessons;
    }

    private String interaction(boolean spoiled) {
        Verb verb = Verb.values()[random.nextInt(Verb.values().length)];
        return account()
                + text("contactId", oneOf("c", 4))
                + text("programId", oneOf("p", 2))
                + text("lessonId", oneOf("l", 3))
                + text("verb", spoiled ? "slept" : verb.verbName())
                + date("at")
                + (verb == Verb.SEGMENT_WATCHED || random.nextInt(9) == 0
                        ? ", \"segment\": " + (random.nextInt(6) - 1)
                        : "")
                + (verb == Verb.QUESTION_ANSWERED
                        ? text("questionId", oneOf("q", 2))
                                + optional(", \"correct\": " + random.nextBoolean())
                                + optional(text("choice", oneOf("x", 3)))
                        : "");
    }

    /** Nearly always the same one, so that most documents fit together. */
    private String account() {
        return text("accountId", random.nextInt(12) == 0 ? "a1" : "a0");
    }

    /** A few days, a few moments, some of them the same. */
    private String date(String name) {
        long at = START + 86_400_000L * random.nextInt(3) + 3_600_000L * random.nextInt(24);
        return ", \"" + name + "\": {\"$date\": " + at + "}";
    }

    private String optional(String field) {
        return random.nextInt(4) == 0 ? "" : field;
    }

    private String oneOf(String prefix, int size) {
        return prefix + random.nextInt(size);
    }

    private String oneOf(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static String text(String name, String value) {
        return ", \"" + name + "\": \"" + value + "\"";
    }

    private static String quoted(String json) {
        return '"' + json.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
