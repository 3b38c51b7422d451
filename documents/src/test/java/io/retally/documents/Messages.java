package io.retally.documents;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import java.nio.charset.StandardCharsets;

/** Words of the decoding tests: messages as the connector writes them. */
final class Messages {
    static final String OID = "650000000000000000000001";

    /** A usable document for each collection. */
    static final String ACCOUNT = "{\"_id\": 1, \"name\": \"Acme\", \"timeZone\": \"America/Chicago\"}";

    static final String TEAM = "{\"_id\": 1, \"accountId\": \"a\", \"name\": \"East\", \"parentTeamId\": \"t\"}";
    static final String CONTACT = "{\"_id\": 1, \"accountId\": \"a\", \"name\": \"Ann\", \"teamId\": \"t\", "
            + "\"removedAt\": {\"$date\": 1700000000123}}";
    static final String LESSON = "{\"id\": \"l1\", \"title\": \"One\", \"videoSeconds\": 31, \"required\": true, "
            + "\"questionIds\": [\"q1\", 2, \"q1\"]}";
    static final String PROGRAM = "{\"_id\": 1, \"accountId\": \"a\", \"name\": \"Start\", \"kind\": \"course\", "
            + "\"passPercent\": 80, \"lessons\": [" + LESSON + "]}";
    static final String ENROLLMENT = "{\"_id\": 1, \"accountId\": \"a\", \"contactId\": \"c\", \"programId\": \"p\", "
            + "\"enrolledAt\": {\"$date\": 1700000000123}, \"dueAt\": {\"$date\": 1800000000123}, "
            + "\"withdrawnAt\": {\"$date\": 1900000000123}}";
    static final String INTERACTION = "{\"_id\": 1, \"accountId\": \"a\", \"contactId\": \"c\", \"programId\": \"p\", "
            + "\"lessonId\": \"l\", \"verb\": \"question_answered\", \"at\": {\"$date\": 1700000000123}, \"segment\": 3, "
            + "\"questionId\": \"q\", \"choice\": \"x\", \"correct\": true}";

    private Messages() {}

    static String usable(Collection collection) {
        return switch (collection) {
            case ACCOUNTS -> ACCOUNT;
            case TEAMS -> TEAM;
            case CONTACTS -> CONTACT;
            case PROGRAMS -> PROGRAM;
            case ENROLLMENTS -> ENROLLMENT;
            case INTERACTIONS -> INTERACTION;
        };
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The key of the document whose {@code _id} is this in extended JSON. */
    static String key(String extendedJson) {
        return "{\"id\":" + quoted(extendedJson) + "}";
    }

    static String value(String op, String after) {
        return "{\"before\":null,\"after\":" + (after.equals("null") ? after : quoted(after))
                + ",\"updateDescription\":null,\"source\":{\"version\":\"3.6.1.Final\",\"ts_ms\":1795385724764,\"snapshot\":\"false\","
                + "\"sequence\":null,\"ord\":2},\"op\":\"" + op + "\",\"ts_ms\":1795385725238,\"transaction\":null}";
    }

    static String wrapped(String json) {
        return "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"field\":\"op\",\"type\":\"string\"}],\"optional\":false},"
                + "\"payload\":" + json + "}";
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    static Decoded decode(Collection collection, String key, String value) {
        return new ChangeDecoder().decode(collection, Origin.LIVE, bytes(key), bytes(value));
    }

    /** Decodes an insert of the document with key 1. */
    static Decoded.Change inserted(Collection collection, String document) {
        return (Decoded.Change) decode(collection, key("1"), value("c", document));
    }

    /** The code of the rejection, or {@code ok}. */
    static String outcome(Decoded decoded) {
        if (decoded instanceof Decoded.NoChange noChange) {
            return "no change: " + noChange.rejection().reason().code();
        }
        if (decoded instanceof Decoded.Change change) {
            return change.rejection() != null
                    ? change.rejection().reason().code()
                    : change.document() == null ? "gone" : "ok";
        }
        return "nothing";
    }
}
