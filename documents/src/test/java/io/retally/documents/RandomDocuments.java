package io.retally.documents;

import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Team;
import io.retally.core.document.Verb;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Usable documents, each with one of the many texts that mean it: canonical, relaxed or legacy, in any order of fields. */
final class RandomDocuments {
    private final Random random;

    RandomDocuments(Random random) {
        this.random = random;
    }

    static <T> T oneOf(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** What is meant, and a text that means it. */
    record Written<T>(T meant, String json) {}

    Written<? extends Document> document(Collection collection) {
        List<String> fields = new ArrayList<>();
        String id = put(fields, "_id", id());
        Document document = switch (collection) {
            case ACCOUNTS -> new Account(id, put(fields, "name", text()), put(fields, "timeZone", timeZone()));
            case TEAMS ->
                new Team(
                        id,
                        put(fields, "accountId", id()),
                        put(fields, "name", text()),
                        maybe(fields, "parentTeamId", id()));
            case CONTACTS ->
                new Contact(
                        id,
                        put(fields, "accountId", id()),
                        put(fields, "name", text()),
                        maybe(fields, "teamId", id()),
                        maybe(fields, "removedAt", date()));
            case PROGRAMS ->
                new Program(
                        id,
                        put(fields, "accountId", id()),
                        put(fields, "name", text()),
                        put(fields, "kind", text()),
                        put(fields, "passPercent", whole(0, 100)),
                        put(fields, "lessons", lessons()));
            case ENROLLMENTS ->
                new Enrollment(
                        id,
                        put(fields, "accountId", id()),
                        put(fields, "contactId", id()),
                        put(fields, "programId", id()),
                        put(fields, "enrolledAt", date()),
                        maybe(fields, "dueAt", date()),
                        maybe(fields, "withdrawnAt", date()));
            case INTERACTIONS ->
                new Interaction(
                        id,
                        put(fields, "accountId", id()),
                        put(fields, "contactId", id()),
                        put(fields, "programId", id()),
                        put(fields, "lessonId", id()),
                        put(fields, "verb", verb()),
                        put(fields, "at", date()),
                        maybe(fields, "segment", whole(Integer.MIN_VALUE, Integer.MAX_VALUE)),
                        maybe(fields, "questionId", id()),
                        maybe(fields, "choice", text()),
                        maybe(fields, "correct", bool()));
        };
        return new Written<>(document, object(fields));
    }

    Written<String> id() {
        long number = random.nextBoolean() ? random.nextLong() : random.nextInt(100);
        String hex = String.format("%016x%08x", random.nextLong(), random.nextInt());
        UUID uuid = new UUID(random.nextLong(), random.nextLong());
        String base64 = Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array());
        return switch (random.nextInt(10)) {
            case 0 -> new Written<>(Long.toString(number), Long.toString(number));
            case 1 -> new Written<>(Long.toString(number), "{\"$numberLong\": \"" + number + "\"}");
            case 2 -> new Written<>(Integer.toString((int) number), "{\"$numberInt\": \"" + (int) number + "\"}");
            case 3 -> new Written<>(hex, "{\"$oid\": \"" + hex + "\"}");
            case 4 -> new Written<>(hex, "{ \"$oid\" : \"" + hex.toUpperCase(Locale.ROOT) + "\" }");
            case 5 ->
                new Written<>(uuid.toString(), "{\"$binary\": {\"base64\": \"" + base64 + "\", \"subType\": \"04\"}}");
            case 6 -> new Written<>(uuid.toString(), "{\"$binary\": \"" + base64 + "\", \"$type\": \"04\"}");
            case 7 -> new Written<>(uuid.toString(), "{\"$uuid\": \"" + uuid + "\"}");
            case 8 ->
                new Written<>(
                        "{\"a\": {\"$numberInt\": \"1\"}}",
                        random.nextBoolean() ? "{\"a\":1}" : "{\"a\": {\"$numberInt\": \"1\"}}");
            default -> text();
        };
    }

    private Written<String> text() {
        StringBuilder text = new StringBuilder();
        StringBuilder json = new StringBuilder("\"");
        for (int i = random.nextInt(12); i > 0; i--) {
            String c = List.of("a", "Z", " ", "\"", "\\", "é", "中", "😀", "\n", "'", "$", "/")
                    .get(random.nextInt(12));
            text.append(c);
            boolean escape = random.nextInt(4) == 0 || c.equals("\"") || c.equals("\\") || c.equals("\n");
            if (escape) {
                c.chars().forEach(unit -> json.append(String.format("\\u%04x", unit)));
            } else {
                json.append(c);
            }
        }
        return new Written<>(text.toString(), json.append('"').toString());
    }

    private Written<String> timeZone() {
        String zone = List.of("UTC", "America/Chicago", "Asia/Kolkata", "EST").get(random.nextInt(4));
        return new Written<>(zone, '"' + zone + '"');
    }

    private Written<Verb> verb() {
        Verb verb = oneOf(random, List.of(Verb.values()));
        return new Written<>(verb, '"' + verb.verbName() + '"');
    }

    private Written<Boolean> bool() {
        boolean value = random.nextBoolean();
        return new Written<>(value, Boolean.toString(value));
    }

    private Written<Integer> whole(int min, int max) {
        int value = (int) (min + random.nextLong((long) max - min + 1));
        String json = switch (random.nextInt(6)) {
            case 0 -> value + ".0";
            case 1 -> "{\"$numberInt\": \"" + value + "\"}";
            case 2 -> "{\"$numberLong\":\"" + value + "\"}";
            case 3 -> "{\"$numberDouble\": \"" + (double) value + "\"}";
            case 4 -> "{\"$numberDecimal\": \"" + value + ".00\"}";
            default -> Integer.toString(value);
        };
        return new Written<>(value, json);
    }

    private Written<Long> date() {
        long millis = -62_135_596_800_000L + random.nextLong(253_402_300_799_999L + 62_135_596_800_000L);
        String json = switch (random.nextInt(3)) {
            case 0 -> "{\"$date\": " + millis + "}";
            case 1 -> "{\"$date\": {\"$numberLong\": \"" + millis + "\"}}";
            default -> "{\"$date\": \"" + Instant.ofEpochMilli(millis) + "\"}";
        };
        return new Written<>(millis, json);
    }

    private Written<List<Lesson>> lessons() {
        List<Lesson> lessons = new ArrayList<>();
        List<String> json = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<String> fields = new ArrayList<>();
            List<Written<String>> questions = new ArrayList<>();
            for (int q = random.nextInt(4); q > 0; q--) {
                questions.add(id());
            }
            lessons.add(new Lesson(
                    put(fields, "id", new Written<>("l" + i, "\"l" + i + "\"")),
                    put(fields, "title", text()),
                    put(fields, "videoSeconds", whole(0, 86_400)),
                    put(fields, "required", bool()),
                    put(
                            fields,
                            "questionIds",
                            new Written<>(
                                    questions.stream().map(Written::meant).toList(),
                                    "["
                                            + String.join(
                                                    ", ",
                                                    questions.stream()
                                                            .map(Written::json)
                                                            .toList()) + "]"))));
            json.add(object(fields));
        }
        return new Written<>(lessons, "[" + String.join(",", json) + "]");
    }

    private static <T> T put(List<String> fields, String name, Written<T> value) {
        fields.add("\"" + name + "\": " + value.json());
        return value.meant();
    }

    private <T> @Nullable T maybe(List<String> fields, String name, Written<T> value) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> {
                fields.add("\"" + name + "\": null");
                yield null;
            }
            default -> put(fields, name, value);
        };
    }

    private String object(List<String> fields) {
        if (random.nextBoolean()) {
            fields.add("\"unknown\": {\"name\": [5, {\"_id\": null}], \"x\": \"\\u0000\"}");
        }
        Collections.shuffle(fields, random);
        return "{" + String.join(random.nextBoolean() ? ", " : ",", fields) + "}";
    }
}
