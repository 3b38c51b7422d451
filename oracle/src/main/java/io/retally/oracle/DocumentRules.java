package io.retally.oracle;

import io.retally.oracle.Verdict.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** The contract's section 'Usable or not': a document to rows of {@code source.*}, or why it counts as absent. */
public final class DocumentRules {
    private static final Set<String> VERBS = Set.of(
            "message_sent",
            "message_clicked",
            "lesson_opened",
            "segment_watched",
            "question_answered",
            "lesson_completed");

    private DocumentRules() {}

    /**
     * Reads a document's named fields; unknown ones are ignored.
     *
     * @param id the text of the id by which the document is known: of the message's key, or of {@code _id} where the
     *     document comes from the database itself
     */
    public static Verdict judge(SourceCollection collection, String id, BsonDocument document) {
        try {
            Fields fields = new Fields(document, "");
            fields.requireId("_id");
            return new Verdict.Usable(rows(collection, id, fields));
        } catch (RuleBroken broken) {
            return broken.verdict();
        }
    }

    /** The id as {@code source.*} stores it; null if no document with this id is ever usable. */
    static @Nullable String storedId(SourceCollection collection, String id) {
        return switch (collection) {
            case ENROLLMENTS, INTERACTIONS -> ServableText.orderedForm(id);
            default -> ServableText.isServable(id) ? id : null;
        };
    }

    private static List<SourceRow> rows(SourceCollection collection, String id, Fields fields) throws RuleBroken {
        return switch (collection) {
            case ACCOUNTS ->
                List.of(SourceRow.of(SourceTable.ACCOUNT, served(id), fields.servedString("name"), timeZone(fields)));
            case TEAMS ->
                List.of(SourceRow.of(
                        SourceTable.TEAM,
                        served(id),
                        fields.id("accountId"),
                        fields.servedString("name"),
                        fields.optionalId("parentTeamId")));
            case CONTACTS ->
                List.of(SourceRow.of(
                        SourceTable.CONTACT,
                        served(id),
                        fields.id("accountId"),
                        fields.optionalId("teamId"),
                        fields.servedString("name"),
                        fields.optionalDate("removedAt")));
            case PROGRAMS -> program(served(id), fields);
            case ENROLLMENTS ->
                List.of(SourceRow.of(
                        SourceTable.ENROLLMENT,
                        ServableText.orderedForm(id),
                        fields.id("accountId"),
                        fields.id("contactId"),
                        fields.id("programId"),
                        fields.date("enrolledAt"),
                        fields.optionalDate("dueAt"),
                        fields.optionalDate("withdrawnAt")));
            case INTERACTIONS -> List.of(interaction(id, fields));
        };
    }

    private static List<SourceRow> program(String id, Fields fields) throws RuleBroken {
        List<SourceRow> rows = new ArrayList<>();
        rows.add(SourceRow.of(
                SourceTable.PROGRAM,
                id,
                fields.id("accountId"),
                fields.servedString("name"),
                fields.servedString("kind"),
                fields.whole("passPercent", 0, 100)));
        Set<String> lessonIds = new HashSet<>();
        for (Fields lesson : fields.documents("lessons")) {
            String lessonId = lesson.id("id");
            if (!lessonIds.add(lessonId)) {
                throw new RuleBroken(Reason.REPEATED_LESSON, lesson.path() + "id is another lesson's too");
            }
            rows.add(SourceRow.of(
                    SourceTable.LESSON,
                    id,
                    lessonId,
                    lessonIds.size(),
                    lesson.servedString("title"),
                    lesson.whole("videoSeconds", 0, 86_400),
                    lesson.bool("required"),
                    lesson.ids("questionIds")));
        }
        return rows;
    }

    private static SourceRow interaction(String id, Fields fields) throws RuleBroken {
        String choice = fields.optionalString("choice");
        return SourceRow.of(
                SourceTable.INTERACTION,
                ServableText.orderedForm(id),
                fields.id("accountId"),
                fields.id("contactId"),
                fields.id("programId"),
                fields.id("lessonId"),
                verb(fields),
                fields.date("at"),
                fields.optionalWhole("segment", Integer.MIN_VALUE, Integer.MAX_VALUE),
                fields.optionalId("questionId"),
                choice == null ? null : ServableText.replaced(choice),
                fields.optionalBool("correct"));
    }

    private static String verb(Fields fields) throws RuleBroken {
        String verb = fields.servedString("verb");
        if (!VERBS.contains(verb)) {
            throw new RuleBroken(Reason.UNKNOWN_VERB, "verb");
        }
        return verb;
    }

    private static String timeZone(Fields fields) throws RuleBroken {
        String timeZone = fields.servedString("timeZone");
        if (!RegionNames.all().contains(timeZone)) {
            throw new RuleBroken(Reason.UNKNOWN_TIME_ZONE, "timeZone is no region name of the tz database");
        }
        return timeZone;
    }

    private static String served(String id) throws RuleBroken {
        if (!ServableText.isServable(id)) {
            throw new RuleBroken(Reason.UNSERVABLE_TEXT, "_id holds U+0000 or a lone surrogate");
        }
        return id;
    }
}
