package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.DeadLetter;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Documents as no application means them, through all operators into PostgreSQL. Each is served as the contract's SQL says,
 * or a dead letter with its reason; none stops the job.
 */
class HostileDocumentsITCase {

    private static final ChangeTopics TOPICS = new ChangeTopics("retally");
    private static final String OK = "ok";
    private static final String LIMIT = "limit_exceeded";

    private static EmbeddedPostgres postgres;
    private static PostgresTarget target;
    private static Truth truth;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        target = new PostgresTarget(postgres.getJdbcUrl("postgres", "postgres"), "postgres");
        truth = new Truth(postgres);
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    /** A usable document's fields but {@code _id}, in JSON with single quotes. */
    private static Map<String, String> usable(Collection collection) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (collection != Collection.ACCOUNTS) {
            fields.put("accountId", "'a'");
        }
        switch (collection) {
            case ACCOUNTS -> {
                fields.put("name", "'Acme'");
                fields.put("timeZone", "'America/Chicago'");
            }
            case TEAMS -> fields.put("name", "'East'");
            case CONTACTS -> {
                fields.put("name", "'Ann'");
                fields.put("teamId", "'t'");
            }
            case PROGRAMS -> {
                fields.put("name", "'Sales'");
                fields.put("kind", "'course'");
                fields.put("passPercent", "80");
                fields.put("lessons", "[" + lesson("l", 60, "'q'") + "]");
            }
            case ENROLLMENTS -> {
                fields.put("contactId", "'c'");
                fields.put("programId", "'p'");
                fields.put("enrolledAt", "{'$date': 1700000000000}");
                fields.put("dueAt", "{'$date': 1700000000000}");
            }
            case INTERACTIONS -> {
                fields.put("contactId", "'c'");
                fields.put("programId", "'p'");
                fields.put("lessonId", "'l'");
                fields.put("verb", "'lesson_opened'");
                fields.put("at", "{'$date': 1700000000000}");
            }
        }
        return fields;
    }

    private static String lesson(String id, int videoSeconds, String questions) {
        return "{'id': '" + id + "', 'title': 'One', 'videoSeconds': " + videoSeconds
                + ", 'required': true, 'questionIds': [" + questions + "]}";
    }

    /** The documents that all others belong to: account a, team t, contact c in program p with lesson l. */
    private static void hireCompany(Log log) throws Exception {
        log.says(OK, Collection.ACCOUNTS, "'a'");
        log.says(OK, Collection.TEAMS, "'t'");
        log.says(OK, Collection.PROGRAMS, "'p'");
        log.says(OK, Collection.CONTACTS, "'c'");
        log.says(OK, Collection.ENROLLMENTS, "'e'");
        log.says(OK, Collection.INTERACTIONS, "'i'");
    }

    @ParameterizedTest
    @EnumSource(TestingBackend.Kind.class)
    void isServedOrADeadLetter(TestingBackend.Kind backend, @TempDir Path folder) throws Exception {
        try (Log log = new Log(folder, new Deployment(backend, true, 2, 10))) {
            hireCompany(log);
            text(log);
            numbers(log);
            dates(log);
            ids(log);
            longIds(log);
            nesting(log);
            repeatedFields(log);
            log.publish();
            log.deleteAll();
            log.publish();
        }
    }

    @Test
    void documentsOf16MegabytesAreServed(@TempDir Path folder) throws Exception {
        try (Log log = new Log(folder, new Deployment(TestingBackend.Kind.ROCKSDB, false, 2, 50_000))) {
            hireCompany(log);
            String text = "'" + "x".repeat(16_000_000) + "'";
            log.says(OK, Collection.CONTACTS, "'c'", "name", text);
            log.says(
                    OK,
                    Collection.PROGRAMS,
                    "'p'",
                    "lessons",
                    "[" + lesson("l", 60, "'q'").replace("'One'", text) + "]");
            log.says(OK, Collection.INTERACTIONS, "'choice'", "choice", text);
            log.says(OK, Collection.INTERACTIONS, "'unknown'", "unknown", "[" + "1,".repeat(8_000_000) + "1]");
            log.says(LIMIT, Collection.TEAMS, text);
            log.says("unknown_verb", Collection.INTERACTIONS, "'x'", "verb", text);
            log.publish();
            log.says(OK, Collection.CONTACTS, "'c'", "teamId", "'t2'");
            log.publish();
        }
    }

    @Test
    void aProgramOf100000LessonsIsServedAndEdited(@TempDir Path folder) throws Exception {
        try (Log log = new Log(folder, new Deployment(TestingBackend.Kind.ROCKSDB, true, 2, 50_000))) {
            hireCompany(log);
            log.says(OK, Collection.PROGRAMS, "'p'", "lessons", lessons(IntStream.range(0, 100_000), 60));
            for (int rep = 0; rep < 300; rep++) {
                String id = "'r" + rep + "'";
                log.says(OK, Collection.CONTACTS, id);
                log.says(OK, Collection.ENROLLMENTS, id, "contactId", id);
                for (int i = 0; i < 3; i++) {
                    String lesson = "'l" + (rep * 7919 + i * 49_999) % 100_000 + "'";
                    String verb = i == 0 ? "'lesson_completed'" : "'segment_watched'";
                    log.says(
                            OK,
                            Collection.INTERACTIONS,
                            "'i" + rep + "-" + i + "'",
                            "contactId",
                            id,
                            "lessonId",
                            lesson,
                            "verb",
                            verb,
                            "segment",
                            "3");
                }
            }
            log.publish();
            // All lessons differ, then half of them are gone, then the program is.
            log.says(OK, Collection.PROGRAMS, "'p'", "lessons", lessons(IntStream.range(0, 100_000), 30));
            log.publish();
            log.says(OK, Collection.PROGRAMS, "'p'", "lessons", lessons(IntStream.range(0, 50_000), 60));
            log.publish();
            log.says(OK, Collection.PROGRAMS, "'p'");
            log.publish();
        }
    }

    private static String lessons(IntStream ids, int videoSeconds) {
        return ids.mapToObj(id -> lesson("l" + id, videoSeconds, "")).collect(Collectors.joining(",", "[", "]"));
    }

    private static void text(Log log) throws Exception {
        List<String> served = List.of(
                "\\u0001\\u0008\\t\\n\\r\\u001f\\u007f\\u0085\\u2028",
                "\\\\N",
                "\\\\.",
                "\\\\\\\\x00\\b",
                "{}",
                "NULL",
                "\\ufeff\\uffff\\ufffe",
                "\\ud83d\\ude00\\udbff\\udfff",
                "\\u202e");
        for (int i = 0; i < served.size(); i++) {
            String text = '"' + served.get(i) + '"';
            String id = "\"" + served.get(i) + i + '"';
            log.says(OK, Collection.TEAMS, id, "name", text, "parentTeamId", text);
            log.says(OK, Collection.PROGRAMS, id, "name", text, "kind", text);
            log.says(OK, Collection.CONTACTS, id, "name", text, "teamId", id);
            log.says(OK, Collection.ENROLLMENTS, id, "contactId", id, "programId", id);
            log.says(OK, Collection.INTERACTIONS, id, "contactId", id, "programId", id, "choice", text);
        }
        for (String unservable : List.of("'\\u0000'", "'a\\ud800'", "'\\udc00\\ud800'")) {
            String reason = "unservable_text";
            log.says(reason, Collection.ACCOUNTS, unservable);
            log.says(reason, Collection.TEAMS, unservable);
            log.says(reason, Collection.CONTACTS, unservable);
            log.says(reason, Collection.PROGRAMS, unservable);
            log.says(OK, Collection.ENROLLMENTS, unservable);
            log.says(OK, Collection.INTERACTIONS, unservable, "choice", unservable);
            for (Collection collection : Collection.values()) {
                log.says(
                        OK,
                        collection,
                        "'x'",
                        "unknown",
                        "{'a': [" + unservable + "], 'b" + unservable.substring(1) + ": 1}");
            }
            log.says(reason, Collection.ACCOUNTS, "'x'", "name", unservable);
            log.says("unknown_time_zone", Collection.ACCOUNTS, "'x'", "timeZone", unservable);
            log.says("unknown_verb", Collection.INTERACTIONS, "'x'", "verb", unservable);
            Map<Collection, List<String>> fields = Map.of(
                    Collection.TEAMS, List.of("accountId", "name", "parentTeamId"),
                    Collection.CONTACTS, List.of("accountId", "name", "teamId"),
                    Collection.PROGRAMS, List.of("accountId", "name", "kind"),
                    Collection.ENROLLMENTS, List.of("accountId", "contactId", "programId"),
                    Collection.INTERACTIONS, List.of("accountId", "contactId", "programId", "lessonId", "questionId"));
            for (Map.Entry<Collection, List<String>> entry : fields.entrySet()) {
                for (String field : entry.getValue()) {
                    log.says(reason, entry.getKey(), "'x'", field, unservable);
                }
            }
            String lesson = lesson("l", 60, "'q'");
            for (String broken : List.of(
                    lesson.replace("'l'", unservable),
                    lesson.replace("'One'", unservable),
                    lesson.replace("'q'", unservable))) {
                log.says(reason, Collection.PROGRAMS, "'x'", "lessons", "[" + broken + "]");
            }
        }
    }

    private static void numbers(Log log) throws Exception {
        for (String none : List.of(
                "1e400",
                "-1e400",
                "1.5",
                "9007199254740993",
                "9223372036854775808",
                "-9223372036854775809",
                "{'$numberDouble': 'NaN'}",
                "{'$numberDouble': '-Infinity'}",
                "{'$numberDecimal': 'NaN'}",
                "{'$numberDecimal': '1E+6144'}",
                "{'$numberDecimal': '0.1'}",
                "{'$numberLong': '9223372036854775807'}")) {
            log.says("out_of_range", Collection.PROGRAMS, "'x'", "passPercent", none);
            log.says("out_of_range", Collection.INTERACTIONS, "'x'", "verb", "'segment_watched'", "segment", none);
            log.says(
                    "out_of_range",
                    Collection.PROGRAMS,
                    "'x'",
                    "lessons",
                    "[" + lesson("l", 60, "'q'").replace("60", none) + "]");
            log.says(OK, Collection.CONTACTS, "'x'", "unknown", "[" + none + "]");
        }
        for (String zero :
                List.of("-0.0", "0e999999999", "{'$numberDecimal': '-0E-6176'}", "{'$numberDouble': '-0.0'}")) {
            log.says(OK, Collection.PROGRAMS, "'p'", "passPercent", zero);
            log.says(OK, Collection.INTERACTIONS, "'x'", "verb", "'segment_watched'", "segment", zero);
        }
        for (int segment : new int[] {Integer.MIN_VALUE, -1, 4, 5759, 5760, Integer.MAX_VALUE}) {
            String id = "'segment" + segment + "'";
            log.says(OK, Collection.INTERACTIONS, id, "verb", "'segment_watched'", "segment", "" + segment);
        }
        log.says(OK, Collection.PROGRAMS, "'p'", "lessons", "[" + lesson("l", 86_400, "'q', 'q', 'r'") + "]");
        log.publish();
        log.says(OK, Collection.PROGRAMS, "'p'", "lessons", "[" + lesson("l", 0, "") + "]");
        log.publish();
        log.says(OK, Collection.PROGRAMS, "'p'");
    }

    private static void dates(Log log) throws Exception {
        for (String zone : List.of("Pacific/Kiritimati", "Etc/GMT+12", "America/Chicago", "Africa/Monrovia")) {
            log.says(OK, Collection.ACCOUNTS, "'a'", "timeZone", "'" + zone + "'");
            for (String date : List.of(
                    "'0001-01-01T00:00:00Z'",
                    "'9999-12-31T23:59:59.999Z'",
                    "'1582-10-10T00:00:00Z'",
                    "'1900-02-28T23:59:59Z'")) {
                String at = "{'$date': " + date + "}";
                log.says(OK, Collection.INTERACTIONS, date, "at", at);
                log.says(OK, Collection.ENROLLMENTS, "'e'", "enrolledAt", at, "dueAt", at);
            }
            log.publish();
        }
        for (String date : List.of(
                "'0000-12-31T23:59:59.999Z'",
                "'9999-12-31T23:59:59-00:01'",
                "-62135596800001",
                "253402300800000",
                "9223372036854775807",
                "9223372036854775808",
                "{'$numberLong': '-9223372036854775808'}")) {
            String at = "{'$date': " + date + "}";
            log.says("out_of_range", Collection.INTERACTIONS, "'x'", "at", at);
            log.says("out_of_range", Collection.ENROLLMENTS, "'x'", "dueAt", at);
            log.says("out_of_range", Collection.CONTACTS, "'x'", "removedAt", at);
        }
        for (String date : List.of("'10000-01-01T00:00:00Z'", "'-0001-01-01T00:00:00Z'", "1e12", "1.5")) {
            log.says("wrong_type", Collection.INTERACTIONS, "'x'", "at", "{'$date': " + date + "}");
        }
    }

    /** One id for a document of each collection, empty ones, and such as the job's own keys might be mistaken for. */
    private static void ids(Log log) throws Exception {
        for (String id : List.of(
                "''",
                "' '",
                "'A'",
                "'a\\u0001b'",
                "'a|b'",
                "true",
                "1e400",
                "-0.0",
                "{}",
                "{'$minKey': 1}",
                "9007199254740993")) {
            log.says(OK, Collection.ACCOUNTS, id);
            log.says(OK, Collection.TEAMS, id, "accountId", id, "parentTeamId", id);
            log.says(OK, Collection.CONTACTS, id, "accountId", id, "teamId", id);
            log.says(
                    OK,
                    Collection.PROGRAMS,
                    id,
                    "accountId",
                    id,
                    "lessons",
                    "[" + lesson("l", 60, id).replace("'l'", id) + "]");
            log.says(OK, Collection.ENROLLMENTS, id, "accountId", id, "contactId", id, "programId", id);
            log.says(
                    OK,
                    Collection.INTERACTIONS,
                    id,
                    "accountId",
                    id,
                    "contactId",
                    id,
                    "programId",
                    id,
                    "lessonId",
                    id,
                    "verb",
                    "'question_answered'",
                    "questionId",
                    id,
                    "correct",
                    "true");
        }
    }

    private static void longIds(Log log) throws Exception {
        String kilobyte = "'" + incompressible(1_024, 1) + "'";
        String longest = "'" + incompressible(1_320, 2) + "'";
        String tooLong = "'" + incompressible(1_321, 3) + "'";
        String huge = "'" + incompressible(100_000, 4) + "'";
        for (String id : List.of(kilobyte, longest)) {
            log.says(OK, Collection.ACCOUNTS, id);
            log.says(OK, Collection.TEAMS, id, "accountId", id);
            log.says(OK, Collection.CONTACTS, id, "accountId", id, "teamId", id);
            String lessons = lesson("l", 60, "'q'");
            log.says(
                    OK,
                    Collection.PROGRAMS,
                    id,
                    "accountId",
                    id,
                    "lessons",
                    "[" + lessons + ", " + lessons.replace("'l'", id) + "]");
            log.says(OK, Collection.ENROLLMENTS, id, "accountId", id, "contactId", id, "programId", id);
            log.says(OK, Collection.INTERACTIONS, id, "accountId", id, "programId", id);
            log.says(LIMIT, Collection.INTERACTIONS, "'x'", "contactId", id, "programId", id, "lessonId", id);
        }
        for (String id : List.of(tooLong, huge)) {
            for (Collection collection :
                    List.of(Collection.ACCOUNTS, Collection.TEAMS, Collection.CONTACTS, Collection.PROGRAMS)) {
                log.says(LIMIT, collection, id);
            }
            log.says(LIMIT, Collection.CONTACTS, "'x'", "teamId", id);
            log.says(LIMIT, Collection.CONTACTS, "'x'", "accountId", id);
            log.says(
                    LIMIT,
                    Collection.PROGRAMS,
                    "'x'",
                    "lessons",
                    "[" + lesson("l", 60, "'q'").replace("'l'", id) + "]");
            log.says(LIMIT, Collection.ENROLLMENTS, "'x'", "programId", id);
            // In no key of a table.
            log.says(OK, Collection.TEAMS, "'long parent'", "parentTeamId", id);
            log.says(OK, Collection.PROGRAMS, "'long question'", "lessons", "[" + lesson("l", 60, id) + "]");
            log.says(OK, Collection.ENROLLMENTS, id);
            log.says(OK, Collection.INTERACTIONS, id);
            log.says(OK, Collection.INTERACTIONS, "'long account'", "accountId", id);
        }
        log.says(LIMIT, Collection.INTERACTIONS, "'x'", "questionId", huge);
    }

    private static void nesting(Log log) throws Exception {
        int levels = 100_000;
        for (String nested :
                List.of("[".repeat(levels) + "]".repeat(levels), "{'a':".repeat(levels) + "1" + "}".repeat(levels))) {
            boolean array = nested.startsWith("[");
            for (Collection collection : Collection.values()) {
                log.says(OK, collection, "'nested'", "unknown", nested);
            }
            log.says("wrong_type", Collection.CONTACTS, "'x'", "name", nested);
            String lessons = array ? nested : "[" + nested + "]";
            log.says(array ? "wrong_type" : "missing_field", Collection.PROGRAMS, "'x'", "lessons", lessons);
            log.says(array ? "wrong_type" : LIMIT, Collection.CONTACTS, "'x'", "teamId", nested);
            log.says("unreadable_key", Collection.CONTACTS, nested);
        }
    }

    /** The last one counts, as for MongoDB's driver. */
    private static void repeatedFields(Log log) throws Exception {
        log.says(OK, Collection.CONTACTS, "'c'", "name", "5, 'name': 'Last', 'teamId': [], 'teamId': 't2'");
        log.says("wrong_type", Collection.CONTACTS, "'x'", "name", "'First', 'name': 5");
        log.says(
                OK,
                Collection.PROGRAMS,
                "'p'",
                "lessons",
                "7, 'lessons': [" + lesson("l", 60, "'q'") + "], 'passPercent': 20");
        log.says("wrong_type", Collection.ENROLLMENTS, "'x'", "dueAt", "{'$date': 5, '$date': 6}");
    }

    private static String incompressible(int length, long seed) {
        return new Random(seed)
                .ints(length, 'A', '[')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Messages, read by the job one by one, and what became of them. */
    private static final class Log implements AutoCloseable {
        private final SimulatedJob job;
        private final List<RandomChangeLog.Message> said = new ArrayList<>();

        Log(Path folder, Deployment deployment) throws Exception {
            job = new SimulatedJob(TOPICS, target, folder, deployment, new Random(1));
        }

        /** A usable document but for some fields (name, JSON, …) is inserted; the outcome is a reason, or ok. */
        void says(String outcome, Collection collection, String id, String... fields) throws Exception {
            Map<String, String> document = usable(collection);
            for (int i = 0; i < fields.length; i += 2) {
                document.put(fields[i], fields[i + 1]);
            }
            StringJoiner json = new StringJoiner(", ", "{'_id': 1, ", "}");
            document.forEach((name, value) -> json.add("'" + name + "': " + value));
            says(outcome, collection, id, "{\"op\":\"c\",\"after\":" + quoted(json.toString()) + "}");
        }

        private void says(String outcome, Collection collection, String id, String value) throws Exception {
            byte[] key = ("{\"id\":" + quoted(id) + "}").getBytes(StandardCharsets.UTF_8);
            var message =
                    new RandomChangeLog.Message(collection, Origin.LIVE, key, value.getBytes(StandardCharsets.UTF_8));
            int lettersBefore = job.deadLetters().size();
            job.read(new KafkaMessage(TOPICS.topic(Origin.LIVE, collection), 0, said.size(), key, message.value()));
            List<DeadLetter> letters =
                    job.deadLetters().subList(lettersBefore, job.deadLetters().size());
            assertThat(letters)
                    .as("%s %.200s %.500s", collection, id, value)
                    .extracting(DeadLetter::reason)
                    .isEqualTo(outcome.equals(OK) ? List.of() : List.of(outcome));
            said.add(outcome.equals(LIMIT) ? deletion(message) : message);
        }

        /** What the job's own limits refuse, the contract would serve: to it the document has to be gone. */
        private static RandomChangeLog.Message deletion(RandomChangeLog.Message message) {
            return new RandomChangeLog.Message(
                    message.collection(),
                    message.origin(),
                    message.key(),
                    "{\"op\":\"d\"}".getBytes(StandardCharsets.UTF_8));
        }

        void publish() throws Exception {
            job.complete(job.barrier());
            truth.assertPublished("hostile documents", published -> said);
        }

        void deleteAll() throws Exception {
            for (RandomChangeLog.Message message : List.copyOf(said)) {
                RandomChangeLog.Message deletion = deletion(message);
                job.read(new KafkaMessage(
                        TOPICS.topic(Origin.LIVE, message.collection()),
                        0,
                        said.size(),
                        message.key(),
                        deletion.value()));
                said.add(deletion);
            }
        }

        private static String quoted(String json) {
            return '"' + json.replace('\'', '"').replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }

        @Override
        public void close() {
            job.close();
        }
    }
}
