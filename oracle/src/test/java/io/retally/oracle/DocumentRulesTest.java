package io.retally.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.oracle.Verdict.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case is a usable document with one field set to something else, in extended JSON; {@code -} leaves it out. */
class DocumentRulesTest {
    private static final String ACCOUNT = "{_id: 'a', name: 'Acme', timeZone: 'America/Chicago'}";
    private static final String TEAM = "{_id: 't', accountId: 'a', name: 'West'}";
    private static final String CONTACT = "{_id: 'c', accountId: 'a', name: 'Kim', teamId: 't'}";
    private static final String LESSON =
            "{id: 'l1', title: 'T', videoSeconds: 31, required: true, questionIds: ['q', 'q']}";
    private static final String PROGRAM =
            "{_id: 'p', accountId: 'a', name: 'P', kind: 'onboarding', passPercent: 80, lessons: [" + LESSON + "]}";
    private static final String ENROLLMENT =
            "{_id: 'e', accountId: 'a', contactId: 'c', programId: 'p'," + " enrolledAt: {$date: 0}}";
    private static final String INTERACTION = "{_id: 'i', accountId: 'a', contactId: 'c', programId: 'p',"
            + " lessonId: 'l1', verb: 'segment_watched', at: {$date: 0}, segment: 3}";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ACCOUNTS; _id; null; MISSING_FIELD",
                "ACCOUNTS; _id; -; MISSING_FIELD",
                "ACCOUNTS; _id; [1]; WRONG_TYPE",
                "ACCOUNTS; _id; 5; ",
                "ACCOUNTS; name; -; MISSING_FIELD",
                "ACCOUNTS; name; 5; WRONG_TYPE",
                "ACCOUNTS; name; ''; ",
                "ACCOUNTS; name; 'a\\u0000'; UNSERVABLE_TEXT",
                "ACCOUNTS; name; '\\ud800'; UNSERVABLE_TEXT",
                "ACCOUNTS; name; '\\udc00\\ud800'; UNSERVABLE_TEXT",
                "ACCOUNTS; name; '\\ud83d\\ude00'; ",
                "ACCOUNTS; timeZone; 'UTC'; ",
                "ACCOUNTS; timeZone; 'EST'; ",
                "ACCOUNTS; timeZone; 'ROC'; ",
                "ACCOUNTS; timeZone; 'Etc/GMT+5'; ",
                "ACCOUNTS; timeZone; '+05:30'; UNKNOWN_TIME_ZONE",
                "ACCOUNTS; timeZone; 'UTC+3'; UNKNOWN_TIME_ZONE",
                "ACCOUNTS; timeZone; 'america/chicago'; UNKNOWN_TIME_ZONE",
                "ACCOUNTS; timeZone; 'SystemV/PST8'; UNKNOWN_TIME_ZONE",
                "ACCOUNTS; timeZone; 'PST'; UNKNOWN_TIME_ZONE",
                "ACCOUNTS; timeZone; ''; UNKNOWN_TIME_ZONE",
                "ACCOUNTS; timeZone; 3; WRONG_TYPE",
                "ACCOUNTS; unknown; {$undefined: true}; ",
                "TEAMS; accountId; null; MISSING_FIELD",
                "TEAMS; parentTeamId; null; ",
                "TEAMS; parentTeamId; {$undefined: true}; WRONG_TYPE",
                "TEAMS; parentTeamId; ['t']; WRONG_TYPE",
                "TEAMS; parentTeamId; 7; ",
                "CONTACTS; teamId; null; ",
                "CONTACTS; teamId; 'x\\u0000'; UNSERVABLE_TEXT",
                "CONTACTS; removedAt; null; ",
                "CONTACTS; removedAt; 1700000000000; WRONG_TYPE",
                "CONTACTS; removedAt; {$timestamp: {t: 1, i: 1}}; WRONG_TYPE",
                "CONTACTS; removedAt; {$date: {$numberLong: '253402300799999'}}; ",
                "CONTACTS; removedAt; {$date: {$numberLong: '253402300800000'}}; OUT_OF_RANGE",
                "CONTACTS; removedAt; {$date: {$numberLong: '-62135596800000'}}; ",
                "CONTACTS; removedAt; {$date: {$numberLong: '-62135596800001'}}; OUT_OF_RANGE",
                "PROGRAMS; passPercent; 80.0; ",
                "PROGRAMS; passPercent; 80.5; OUT_OF_RANGE",
                "PROGRAMS; passPercent; {$numberLong: '100'}; ",
                "PROGRAMS; passPercent; {$numberDecimal: '1E+2'}; ",
                "PROGRAMS; passPercent; {$numberDecimal: '-0'}; ",
                "PROGRAMS; passPercent; {$numberDecimal: 'NaN'}; OUT_OF_RANGE",
                "PROGRAMS; passPercent; {$numberDouble: 'Infinity'}; OUT_OF_RANGE",
                "PROGRAMS; passPercent; {$numberDouble: '-0.0'}; ",
                "PROGRAMS; passPercent; 101; OUT_OF_RANGE",
                "PROGRAMS; passPercent; -1; OUT_OF_RANGE",
                "PROGRAMS; passPercent; '80'; WRONG_TYPE",
                "PROGRAMS; passPercent; null; MISSING_FIELD",
                "PROGRAMS; kind; true; WRONG_TYPE",
                "PROGRAMS; kind; {$symbol: 'onboarding'}; WRONG_TYPE",
                "PROGRAMS; lessons; []; ",
                "PROGRAMS; lessons; -; MISSING_FIELD",
                "PROGRAMS; lessons; {}; WRONG_TYPE",
                "PROGRAMS; lessons; [null]; WRONG_TYPE",
                "PROGRAMS; lessons; [{id: 'l', title: 'T', videoSeconds: 86401, required: true, questionIds: []}]; OUT_OF_RANGE",
                "PROGRAMS; lessons; [{id: 'l', title: 'T', videoSeconds: 86400, required: true, questionIds: []}]; ",
                "PROGRAMS; lessons; [{id: 'l', title: 'T', videoSeconds: 1, required: 1, questionIds: []}]; WRONG_TYPE",
                "PROGRAMS; lessons; [{id: 'l', title: 'T', videoSeconds: 1, required: true}]; MISSING_FIELD",
                "PROGRAMS; lessons; [{id: 'l', title: 'T', videoSeconds: 1, required: true, questionIds: [null]}]; WRONG_TYPE",
                "PROGRAMS; lessons; [{id: 'l', title: 'T', videoSeconds: 1, required: true, questionIds: [5, {$oid: '650000000000000000000001'}]}]; ",
                "PROGRAMS; lessons; [{id: 5, title: 'T', videoSeconds: 1, required: true, questionIds: []}, {id: '5', title: 'T', videoSeconds: 1, required: true, questionIds: []}]; REPEATED_LESSON",
                "ENROLLMENTS; enrolledAt; null; MISSING_FIELD",
                "ENROLLMENTS; dueAt; '2024-01-01'; WRONG_TYPE",
                "ENROLLMENTS; withdrawnAt; null; ",
                "ENROLLMENTS; contactId; {a: 1}; ",
                "INTERACTIONS; verb; 'slept'; UNKNOWN_VERB",
                "INTERACTIONS; verb; 1; WRONG_TYPE",
                "INTERACTIONS; verb; 'message_sent'; ",
                "INTERACTIONS; segment; -; ",
                "INTERACTIONS; segment; -7; ",
                "INTERACTIONS; segment; 2147483648; OUT_OF_RANGE",
                "INTERACTIONS; segment; 1.5; OUT_OF_RANGE",
                "INTERACTIONS; segment; '1'; WRONG_TYPE",
                "INTERACTIONS; questionId; 5; ",
                "INTERACTIONS; choice; 5; WRONG_TYPE",
                "INTERACTIONS; choice; 'a\\u0000\\ud800'; ",
                "INTERACTIONS; correct; 'true'; WRONG_TYPE",
                "INTERACTIONS; correct; null; ",
                "INTERACTIONS; at; -; MISSING_FIELD",
                "INTERACTIONS; lessonId; 'l\\u0000'; UNSERVABLE_TEXT",
            })
    void oneFieldDecides(SourceCollection collection, String field, String value, @Nullable Reason expected) {
        BsonDocument document = BsonDocument.parse(usable(collection));
        if (value.equals("-")) {
            document.remove(field);
        } else {
            document.put(
                    field,
                    Objects.requireNonNull(
                            BsonDocument.parse("{v: " + value + "}").get("v")));
        }
        Verdict verdict = DocumentRules.judge(collection, "the-id", document);
        if (expected == null) {
            assertThat(verdict).isInstanceOf(Verdict.Usable.class);
        } else {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Unusable.class,
                            unusable -> assertThat(unusable.reason()).isEqualTo(expected));
        }
    }

    @Test
    void theKeyDecidesAndIsServedUnlessOfAnInteractionOrEnrollment() {
        for (SourceCollection collection : SourceCollection.values()) {
            boolean served = collection != SourceCollection.ENROLLMENTS && collection != SourceCollection.INTERACTIONS;
            Verdict verdict = DocumentRules.judge(collection, "\u0000", BsonDocument.parse(usable(collection)));
            assertThat(verdict instanceof Verdict.Unusable).isEqualTo(served);
        }
        assertThat(DocumentRules.judge(SourceCollection.TEAMS, "key", BsonDocument.parse(TEAM)))
                .isEqualTo(new Verdict.Usable(List.of(SourceRow.of(SourceTable.TEAM, "key", "a", "West", null))));
    }

    @Test
    void aProgramsLessonsAreNumberedFromOneAndKeepRepeatedQuestions() {
        Verdict verdict = DocumentRules.judge(SourceCollection.PROGRAMS, "p", BsonDocument.parse(PROGRAM));
        assertThat(verdict)
                .isEqualTo(new Verdict.Usable(List.of(
                        SourceRow.of(SourceTable.PROGRAM, "p", "a", "P", "onboarding", 80),
                        SourceRow.of(SourceTable.LESSON, "p", "l1", 1, "T", 31, true, List.of("q", "q")))));
    }

    @Test
    void anInteractionsColumns() {
        Verdict verdict = DocumentRules.judge(SourceCollection.INTERACTIONS, "i", BsonDocument.parse(INTERACTION));
        assertThat(verdict)
                .isEqualTo(new Verdict.Usable(List.of(SourceRow.of(
                        SourceTable.INTERACTION,
                        "i",
                        "a",
                        "c",
                        "p",
                        "l1",
                        "segment_watched",
                        Instant.EPOCH,
                        3,
                        null,
                        null,
                        null))));
    }

    private static String usable(SourceCollection collection) {
        return switch (collection) {
            case ACCOUNTS -> ACCOUNT;
            case TEAMS -> TEAM;
            case CONTACTS -> CONTACT;
            case PROGRAMS -> PROGRAM;
            case ENROLLMENTS -> ENROLLMENT;
            case INTERACTIONS -> INTERACTION;
        };
    }
}
