package io.retally.documents;

import static io.retally.documents.Field.optional;
import static io.retally.documents.Field.required;
import static io.retally.documents.Reason.DOCUMENT_NOT_JSON;
import static io.retally.documents.Reason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonToken;
import io.retally.core.document.Account;
import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Document;
import io.retally.core.document.Enrollment;
import io.retally.core.document.Interaction;
import io.retally.core.document.Program;
import io.retally.core.document.Team;
import io.retally.documents.Field.Kind;
import java.io.IOException;

/** Reads a document in extended JSON by the contract's rules. The message's key, not {@code _id}, says which one it is. */
final class DocumentReader {
    private static final Field ID = required("_id", Kind.OWN_ID);
    private static final Field ACCOUNT_ID = required("accountId", Kind.ID);
    private static final Field NAME = required("name", Kind.NAME);
    private static final Field CONTACT_ID = required("contactId", Kind.ID);
    private static final Field PROGRAM_ID = required("programId", Kind.ID);

    private final ObjectReader account = new ObjectReader(ID, NAME, required("timeZone", Kind.TIME_ZONE));
    private final ObjectReader team = new ObjectReader(ID, ACCOUNT_ID, NAME, optional("parentTeamId", Kind.ID));
    private final ObjectReader contact =
            new ObjectReader(ID, ACCOUNT_ID, NAME, optional("teamId", Kind.ID), optional("removedAt", Kind.DATE));
    private final ObjectReader program = new ObjectReader(
            ID,
            ACCOUNT_ID,
            NAME,
            required("kind", Kind.NAME),
            required("passPercent", Kind.PERCENT),
            required("lessons", Kind.LESSONS));
    private final ObjectReader enrollment = new ObjectReader(
            ID,
            ACCOUNT_ID,
            CONTACT_ID,
            PROGRAM_ID,
            required("enrolledAt", Kind.DATE),
            optional("dueAt", Kind.DATE),
            optional("withdrawnAt", Kind.DATE));
    private final ObjectReader interaction = new ObjectReader(
            ID,
            ACCOUNT_ID,
            CONTACT_ID,
            PROGRAM_ID,
            required("lessonId", Kind.ID),
            required("verb", Kind.VERB),
            required("at", Kind.DATE),
            optional("segment", Kind.WHOLE),
            optional("questionId", Kind.ID),
            optional("choice", Kind.TEXT),
            optional("correct", Kind.BOOLEAN));
    private final LessonReader lessons = new LessonReader();

    /** The document, whose JSON has not been touched yet; throws if it is unusable, or no JSON. */
    Document read(Collection collection, String id, JsonText json) throws UnusableValue {
        try {
            if (json.parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnusableValue(WRONG_TYPE, "'after' holds no document but " + json.parser.currentToken());
            }
            Document document = ServedKeys.require(readObject(collection, id, json));
            if (json.parser.nextToken() != null) {
                throw new UnusableValue(DOCUMENT_NOT_JSON, "'after' holds more than a document");
            }
            return document;
        } catch (IOException e) {
            throw new UnusableValue(JsonText.rejection(e, DOCUMENT_NOT_JSON, "'after'"));
        }
    }

    private Document readObject(Collection collection, String id, JsonText json) throws IOException, UnusableValue {
        return switch (collection) {
            case ACCOUNTS -> {
                ObjectReader o = read(account, json);
                yield new Account(served(id), o.text(1), o.text(2));
            }
            case TEAMS -> {
                ObjectReader o = read(team, json);
                yield new Team(served(id), o.text(1), o.text(2), o.textOrNull(3));
            }
            case CONTACTS -> {
                ObjectReader o = read(contact, json);
                yield new Contact(served(id), o.text(1), o.text(2), o.textOrNull(3), o.numberOrNull(4));
            }
            case PROGRAMS -> {
                ObjectReader o = read(program, json);
                yield new Program(served(id), o.text(1), o.text(2), o.text(3), (int) o.number(4), o.list(5));
            }
            case ENROLLMENTS -> {
                ObjectReader o = read(enrollment, json);
                yield new Enrollment(
                        id, o.text(1), o.text(2), o.text(3), o.number(4), o.numberOrNull(5), o.numberOrNull(6));
            }
            case INTERACTIONS -> {
                ObjectReader o = read(interaction, json);
                yield new Interaction(
                        id,
                        o.text(1),
                        o.text(2),
                        o.text(3),
                        o.text(4),
                        o.verb(5),
                        o.number(6),
                        o.intOrNull(7),
                        o.textOrNull(8),
                        o.textOrNull(9),
                        o.boolOrNull(10));
            }
        };
    }

    private ObjectReader read(ObjectReader reader, JsonText json) throws IOException, UnusableValue {
        reader.read(json, lessons);
        return reader;
    }

    /** The ids of these collections are served, those of enrolments and interactions are not. */
    static String served(String id) throws UnusableValue {
        try {
            return ExtendedJson.servable(id);
        } catch (UnusableValue e) {
            throw new UnusableValue(
                    e.rejection().reason(), "_id: " + e.rejection().detail());
        }
    }
}
