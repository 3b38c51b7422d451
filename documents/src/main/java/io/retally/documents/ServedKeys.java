package io.retally.documents;

import static io.retally.documents.Reason.LIMIT_EXCEEDED;

import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Lesson;
import io.retally.core.document.Program;
import io.retally.core.document.Team;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether PostgreSQL can hold the primary keys that a document leads to. An entry of its B-tree index takes 2,704 bytes at
 * most (PostgreSQL source, BTMaxItemSize), headers included; a longer key would make every publication fail. Ids of that
 * length are dead letters, all others are served.
 */
final class ServedKeys {

    /** What the ids of one key may take together, as UTF-8, less room for the entry's header and a day or a segment. */
    static final int KEY_BYTES_MAX = 2_640;

    /** What one id may take, so that any two fit into one key. */
    static final int ID_BYTES_MAX = KEY_BYTES_MAX / 2;

    private ServedKeys() {}

    /** The same document; throws if one of its keys is too long. */
    static Document require(Document document) throws UnusableValue {
        if (document instanceof Interaction i) {
            requireKey("contactId, programId and lessonId", KEY_BYTES_MAX, i.contactId(), i.programId(), i.lessonId());
            requireKey(
                    "programId, lessonId and questionId", KEY_BYTES_MAX, i.programId(), i.lessonId(), i.questionId());
        } else if (document instanceof Enrollment enrollment) {
            requireId("accountId", enrollment.accountId());
            requireId("contactId", enrollment.contactId());
            requireId("programId", enrollment.programId());
        } else {
            requireId("_id", document.id());
            if (document instanceof Contact contact) {
                requireId("accountId", contact.accountId());
                requireId("teamId", contact.teamId());
            } else if (document instanceof Team team) {
                requireId("accountId", team.accountId());
            } else if (document instanceof Program program) {
                requireId("accountId", program.accountId());
                for (Lesson lesson : program.lessons()) {
                    requireId("lessons.id", lesson.id());
                }
            }
        }
        return document;
    }

    /** Throws if the id is too long. */
    static void requireId(String field, @Nullable String id) throws UnusableValue {
        requireKey(field, ID_BYTES_MAX, id, null, null);
    }

    private static void requireKey(
            String fields, int bytesMax, @Nullable String first, @Nullable String second, @Nullable String third)
            throws UnusableValue {
        // Nearly always so short that nothing needs to be encoded: a character takes three bytes at most.
        if (3L * (chars(first) + chars(second) + chars(third)) <= bytesMax) {
            return;
        }
        long bytes = (long) bytes(first) + bytes(second) + bytes(third);
        if (bytes > bytesMax) {
            throw new UnusableValue(
                    LIMIT_EXCEEDED,
                    fields + ": " + bytes + " bytes; PostgreSQL can index " + bytesMax + " of them at most");
        }
    }

    private static long chars(@Nullable String id) {
        return id == null ? 0 : id.length();
    }

    private static int bytes(@Nullable String id) {
        return id == null ? 0 : id.getBytes(StandardCharsets.UTF_8).length;
    }
}
