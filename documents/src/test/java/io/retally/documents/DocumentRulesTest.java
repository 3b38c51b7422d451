package io.retally.documents;

import static io.retally.documents.Messages.inserted;
import static io.retally.documents.Messages.outcome;
import static io.retally.documents.Messages.usable;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.core.document.Contact;
import io.retally.core.document.Interaction;
import io.retally.core.document.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that make a document unusable, one line a rule: a field of a usable document is replaced. */
final class DocumentRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Required fields; null is missing.
                "ACCOUNTS | '_id': 1, | `` | missing_field",
                "ACCOUNTS | '_id': 1 | '_id': null | missing_field",
                "ACCOUNTS | '_id': 1 | '_id': [] | wrong_type",
                "ACCOUNTS | '_id': 1 | '_id': 'anything' | ok",
                "ACCOUNTS | 'name' | 'nam' | missing_field",
                "ACCOUNTS | 'timeZone' | 'x' | missing_field",
                "TEAMS | 'accountId' | 'x' | missing_field",
                "CONTACTS | 'name': 'Ann' | 'name': null | missing_field",
                "PROGRAMS | 'kind' | 'x' | missing_field",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': null | missing_field",
                "PROGRAMS | 'lessons' | 'x' | missing_field",
                "PROGRAMS | 'title' | 'x' | missing_field",
                "PROGRAMS | 'questionIds' | 'x' | missing_field",
                "PROGRAMS | 'required': true | 'required': null | missing_field",
                "ENROLLMENTS | 'enrolledAt' | 'x' | missing_field",
                "INTERACTIONS | 'verb' | 'x' | missing_field",
                "INTERACTIONS | 'lessonId' | 'x' | missing_field",
                "INTERACTIONS | 'at' | 'x' | missing_field",
                // Optional fields may be missing or null, but not of another type.
                "TEAMS | 'parentTeamId': 't' | 'parentTeamId': null | ok",
                "TEAMS | 'parentTeamId': 't' | 'parentTeamId': [] | wrong_type",
                "CONTACTS | 'removedAt' | 'x' | ok",
                "CONTACTS | {'$date': 1700000000123} | 1700000000123 | wrong_type",
                "CONTACTS | {'$date': 1700000000123} | '2023-11-14T22:13:20Z' | wrong_type",
                "CONTACTS | {'$date': 1700000000123} | {'$undefined': true} | wrong_type",
                "INTERACTIONS | 'segment': 3 | 'segment': '3' | wrong_type",
                "INTERACTIONS | 'segment': 3 | 'segment': -3 | ok",
                "INTERACTIONS | 'choice': 'x' | 'choice': 5 | wrong_type",
                "INTERACTIONS | 'choice': 'x' | 'choice': 'a\\u0000b\\ud800' | ok",
                "INTERACTIONS | 'correct': true | 'correct': 1 | wrong_type",
                "INTERACTIONS | 'correct': true | 'correct': 'true' | wrong_type",
                "INTERACTIONS | 'questionId': 'q' | 'questionId': null | ok",
                // Types.
                "ACCOUNTS | 'Acme' | 5 | wrong_type",
                "ACCOUNTS | 'Acme' | {'$oid': '650000000000000000000001'} | wrong_type",
                "ACCOUNTS | 'Acme' | {'$symbol': 'a'} | wrong_type",
                "ACCOUNTS | 'Acme' | '' | ok",
                "PROGRAMS | 'lessons': [ | 'lessons': 5, 'x': [ | wrong_type",
                "PROGRAMS | 'lessons': [ | 'lessons': [5, | wrong_type",
                "PROGRAMS | 'lessons': [ | 'lessons': [null, | wrong_type",
                "PROGRAMS | 'lessons': [ | 'lessons': [[], | wrong_type",
                "PROGRAMS | 'lessons': [ | 'lessons': [], 'x': [ | ok",
                "PROGRAMS | 2, 'q1' | [], 'q1' | wrong_type",
                "PROGRAMS | 2, 'q1' | null, 'q1' | wrong_type",
                "PROGRAMS | 'required': true | 'required': 1 | wrong_type",
                // Verbs and time zones.
                "INTERACTIONS | question_answered | lesson_started | unknown_verb",
                "INTERACTIONS | question_answered | MESSAGE_SENT | unknown_verb",
                "INTERACTIONS | question_answered | message_sent | ok",
                "ACCOUNTS | America/Chicago | UTC | ok",
                "ACCOUNTS | America/Chicago | +05:30 | unknown_time_zone",
                "ACCOUNTS | America/Chicago | UTC+3 | unknown_time_zone",
                "ACCOUNTS | America/Chicago | america/chicago | unknown_time_zone",
                // Whole numbers of 32 bits, in every form.
                "PROGRAMS | 'passPercent': 80 | 'passPercent': 80.0 | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': 8e1 | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberInt': '80'} | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberLong': '80'} | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberDouble': '80.0'} | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberDecimal': '80.00'} | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberDecimal': '8E+1'} | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberDecimal': '0E+6000'} | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': -0.0 | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': 0 | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': 100 | ok",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': 101 | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': -1 | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': 79.5 | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': 4294967376 | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': 99999999999999999999 | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': 1e999 | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberDouble': 'NaN'} | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberDouble': 'Infinity'} | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberDecimal': 'NaN'} | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberDecimal': '1E+6000'} | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberDecimal': '1E-6000'} | out_of_range",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberInt': 80} | wrong_type",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': '80' | wrong_type",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': true | wrong_type",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {} | wrong_type",
                "PROGRAMS | 'passPercent': 80 | 'passPercent': {'$numberInt': '80', 'x': {'y': []}} | wrong_type",
                "PROGRAMS | 'videoSeconds': 31 | 'videoSeconds': 86400 | ok",
                "PROGRAMS | 'videoSeconds': 31 | 'videoSeconds': 86401 | out_of_range",
                "PROGRAMS | 'videoSeconds': 31 | 'videoSeconds': -1 | out_of_range",
                "INTERACTIONS | 'segment': 3 | 'segment': 2147483647 | ok",
                "INTERACTIONS | 'segment': 3 | 'segment': 2147483648 | out_of_range",
                "INTERACTIONS | 'segment': 3 | 'segment': -2147483649 | out_of_range",
                // Dates.
                "CONTACTS | 1700000000123 | {'$numberLong': '1700000000123'} | ok",
                "CONTACTS | 1700000000123 | '2023-11-14T22:13:20Z' | ok",
                "CONTACTS | 1700000000123 | {'$numberLong': 1700000000123} | wrong_type",
                "CONTACTS | 1700000000123 | {'$numberInt': '5'} | wrong_type",
                "CONTACTS | 1700000000123 | 5.5 | wrong_type",
                "CONTACTS | 1700000000123 | null | wrong_type",
                "CONTACTS | 1700000000123 | '2023-11-14T22:13:20' | wrong_type",
                "CONTACTS | 1700000000123 | '2023-11-14' | wrong_type",
                "CONTACTS | 1700000000123 | '2023-02-29T22:13:20Z' | wrong_type",
                "CONTACTS | 1700000000123 | -62135596800000 | ok",
                "CONTACTS | 1700000000123 | -62135596800001 | out_of_range",
                "CONTACTS | 1700000000123 | 253402300799999 | ok",
                "CONTACTS | 1700000000123 | 253402300800000 | out_of_range",
                "CONTACTS | 1700000000123 | 99999999999999999999 | out_of_range",
                "CONTACTS | 1700000000123 | '0000-12-31T23:59:59Z' | out_of_range",
                "CONTACTS | 1700000000123 | '0001-01-01T00:00:00+01:00' | out_of_range",
                "CONTACTS | 1700000000123 | '9999-12-31T23:59:59-01:00' | out_of_range",
                // Lessons.
                "PROGRAMS | 'lessons': [ | 'lessons': [LESSON, | duplicate_lesson",
                "PROGRAMS | 'lessons': [ | 'lessons': [LESSONS, | ok",
                // Text that cannot be served.
                "ACCOUNTS | Acme | Ac\\u0000me | unservable_text",
                "ACCOUNTS | Acme | Ac\\ud83dme | unservable_text",
                "ACCOUNTS | Acme | \\ude00 | unservable_text",
                "ACCOUNTS | Acme | \\ud83d\\ude00 | ok",
                "ACCOUNTS | Acme | \u00e9\u4e2d\ud83d\ude00 | ok",
                "PROGRAMS | course | \\u0000 | unservable_text",
                "PROGRAMS | One | \\u0000 | unservable_text",
                "PROGRAMS | l1 | \\u0000 | unservable_text",
                "PROGRAMS | 'q1', 2 | '\\u0000', 2 | unservable_text",
                "INTERACTIONS | 'contactId': 'c' | 'contactId': '\\u0000' | unservable_text",
                "INTERACTIONS | 'questionId': 'q' | 'questionId': '\\udc00' | unservable_text",
                // Of a repeated field the last one counts.
                "ACCOUNTS | 'name': 'Acme' | 'name': 5, 'name': 'Acme' | ok",
                "ACCOUNTS | 'name': 'Acme' | 'name': 'Acme', 'name': 5 | wrong_type",
                "ACCOUNTS | 'name': 'Acme' | 'name': 'Acme', 'name': null | missing_field",
                // What the contract does not name does not matter.
                "ACCOUNTS | 'name' | 'x': {'$oid': 5, 'y': [[], {'name': 5}]}, 'z': 1e99999, 'name' | ok",
                "TEAMS | 'name' | 'timeZone': 5, 'lessons': 7, 'name' | ok",
            })
    void decides(Collection collection, String replaced, String by, String outcome) {
        String document = usable(collection);
        String change =
                by.replace("LESSONS", Messages.LESSON.replace("l1", "l2")).replace("LESSON", Messages.LESSON);
        String changed = document.replace(replaced.replace('\'', '"'), change.replace('\'', '"'));
        assertThat(changed).isNotEqualTo(document);
        assertThat(outcome(inserted(collection, changed))).as(changed).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ACCOUNTS | unservable_text",
                "TEAMS | unservable_text",
                "CONTACTS | unservable_text",
                "PROGRAMS | unservable_text",
                "ENROLLMENTS | ok",
                "INTERACTIONS | ok",
            })
    void anOwnIdMustBeServableWhereItIsServed(Collection collection, String outcome) {
        String key = Messages.key("\"\\u0000\"");
        assertThat(outcome(Messages.decode(collection, key, Messages.value("c", usable(collection)))))
                .isEqualTo(outcome);
        assertThat(outcome(Messages.decode(collection, key, Messages.value("d", "null"))))
                .isEqualTo("gone");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "2023-11-14T22:13:20Z, 1700000000000",
                "2023-11-14T22:13:20.Z, 1700000000000",
                "2023-11-14T22:13:20.1Z, 1700000000100",
                "2023-11-14T22:13:20.123456789Z, 1700000000123",
                "2023-11-14T22:13:20.9999Z, 1700000000999",
                "2023-11-14t22:13:20z, 1700000000000",
                "2023-11-14T22:13Z, 1699999980000",
                "2023-11-14T23:13:20+01:00, 1700000000000",
                "2023-11-14T16:43:20-0530, 1700000000000",
                "2023-11-14T23:13:20+01, 1700000000000",
                "1969-12-31T23:59:59.9999Z, -1",
                "2024-02-29T00:00:00Z, 1709164800000",
            })
    void readsIsoDates(String iso, long millis) {
        String contact = Messages.CONTACT.replace("1700000000123", '"' + iso + '"');
        assertThat(inserted(Collection.CONTACTS, contact).document())
                .isEqualTo(new Contact("1", "a", "Ann", "t", millis));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "2023-11-14T22:13:20.1234567890Z",
                "2023-11-14T24:00:00Z",
                "2023-11-14T22:60:00Z",
                "2023-11-14T22:13:60Z",
                "2023-13-14T22:13:20Z",
                "2023-00-14T22:13:20Z",
                "2023-11-00T22:13:20Z",
                "2023-11-14 22:13:20Z",
                "2023-11-14T22:13:20+19:00",
                "2023-11-14T22:13:20+01:60",
                "2023-11-14T22:13:20+1",
                "2023-11-14T22:13:20ZZ",
                "+2023-11-14T22:13:20Z",
                "2023-11-14T22:13:2Z",
                "2023-11-14T22:13:20.",
                "2023-11-14T22:13:",
                "2023/11/14T22:13:20Z",
                "२०२३-11-14T22:13:20Z",
            })
    void knowsWhatIsNoIsoDate(String text) {
        String contact = Messages.CONTACT.replace("1700000000123", '"' + text + '"');
        assertThat(outcome(inserted(Collection.CONTACTS, contact))).isEqualTo("wrong_type");
    }

    @ParameterizedTest
    @CsvSource({"80.0, 80", "8e1, 80", "{\"$numberDecimal\": \"8.0E+1\"}, 80", "{\"$numberLong\": \"80\"}, 80"})
    void readsWholeNumbers(String json, int number) {
        String program = Messages.PROGRAM.replace("\"passPercent\": 80", "\"passPercent\": " + json);
        assertThat(inserted(Collection.PROGRAMS, program).document())
                .isInstanceOfSatisfying(
                        Program.class, p -> assertThat(p.passPercent()).isEqualTo(number));
        String interaction = Messages.INTERACTION.replace("\"segment\": 3", "\"segment\": " + json);
        assertThat(inserted(Collection.INTERACTIONS, interaction).document())
                .isInstanceOfSatisfying(
                        Interaction.class, i -> assertThat(i.segment()).isEqualTo(number));
    }
}
