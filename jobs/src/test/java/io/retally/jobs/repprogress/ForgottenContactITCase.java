package io.retally.jobs.repprogress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.jobs.rocksdb.RocksFiles;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left in state of a contact whose documents are deleted: that the live topic has spoken of their ids. */
class ForgottenContactITCase {

    private static final ChangeTopics TOPICS = new ChangeTopics("retally");
    private static final String NAME = "Zephyrine Quackenbush";
    /** Part of all ids of the contact's documents. */
    private static final String ID = "vanish";
    /** A byte array of one byte: the live topic has spoken of the document, which is absent. */
    private static final String MARK = "\0\0\0\1\1";

    private static final List<Operators> KEYED =
            List.of(Operators.DIFFERENTIATE_DOCUMENTS, Operators.KEEP_LEDGERS, Operators.ACCUMULATE_TOTALS);
    private static final Map<String, Collection> DOCUMENTS = Map.of(
            "vanish", Collection.CONTACTS,
            "vanish-e", Collection.ENROLLMENTS,
            "vanish-i1", Collection.INTERACTIONS,
            "vanish-i2", Collection.INTERACTIONS,
            "vanish-i3", Collection.INTERACTIONS);

    private static EmbeddedPostgres postgres;
    private static PostgresTarget target;

    private long offset;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        target = new PostgresTarget(postgres.getJdbcUrl("postgres", "postgres"), "postgres");
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @Test
    void nothingButMarksIsLeft(@TempDir Path folder) throws Exception {
        Deployment deployment = new Deployment(TestingBackend.Kind.ROCKSDB, true, 2, 50_000);
        try (SimulatedJob job = new SimulatedJob(TOPICS, target, folder, deployment, new Random(1))) {
            writeCompany(job);
            write(job, "stays", "Otto");
            epoch(job);
            Map<String, String> withoutContact = entries(job);

            write(job, ID, NAME);
            epoch(job);
            assertThat(mentioning(NAME, entries(job))).isNotEmpty();
            assertThat(mentioning(ID, entries(job))).hasSizeGreaterThan(DOCUMENTS.size());
            assertThat(RocksFiles.holding(folder, NAME)).isNotEmpty();

            for (Map.Entry<String, Collection> document : DOCUMENTS.entrySet()) {
                say(job, document.getValue(), document.getKey(), null);
            }
            epoch(job);
            Map<String, String> left = entries(job);
            Map<String, String> ofContact = mentioning(ID, left);
            assertThat(ofContact).hasSize(DOCUMENTS.size()).allSatisfy((key, value) -> {
                assertThat(key).startsWith(Operators.DIFFERENTIATE_DOCUMENTS + " document ");
                assertThat(value).isEqualTo(MARK);
            });
            left.keySet().removeAll(ofContact.keySet());
            assertThat(left).isEqualTo(withoutContact);

            for (Operators operator : KEYED) {
                job.subtasks(operator).compact();
            }
            await("RocksDB to remove the files that it has merged")
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(RocksFiles.holding(folder, NAME)).isEmpty());
            assertThat(RocksFiles.holding(folder, "Otto")).isNotEmpty();
        }
    }

    private void writeCompany(SimulatedJob job) throws Exception {
        say(job, Collection.ACCOUNTS, "a", "{'name': 'Acme', 'timeZone': 'UTC'}");
        say(
                job,
                Collection.PROGRAMS,
                "p",
                "{'accountId': 'a', 'name': 'Sales', 'kind': 'course', 'passPercent': 80, 'lessons': [{'id': 'l', 'title': 'One',"
                        + " 'videoSeconds': 60, 'required': true, 'questionIds': ['q']}]}");
    }

    private void write(SimulatedJob job, String id, String name) throws Exception {
        say(job, Collection.CONTACTS, id, contact(name));
        say(job, Collection.ENROLLMENTS, id + "-e", references(id) + ", 'enrolledAt': {'$date': 1700000000000}}");
        say(job, Collection.INTERACTIONS, id + "-i1", interaction(id, "lesson_opened", ""));
        say(job, Collection.INTERACTIONS, id + "-i2", interaction(id, "segment_watched", ", 'segment': 2"));
        say(
                job,
                Collection.INTERACTIONS,
                id + "-i3",
                interaction(id, "question_answered", ", 'questionId': 'q', 'correct': true, 'choice': 'b'"));
    }

    private static String contact(String name) {
        return "{'accountId': 'a', 'name': '" + name + "'}";
    }

    private static String references(String contactId) {
        return "{'accountId': 'a', 'contactId': '" + contactId + "', 'programId': 'p'";
    }

    private static String interaction(String contactId, String verb, String more) {
        return references(contactId) + ", 'lessonId': 'l', 'verb': '" + verb + "', 'at': {'$date': 1700000060000}"
                + more + "}";
    }

    /** A message of the live topic; its document in single quotes, or null if it is gone. */
    private void say(SimulatedJob job, Collection collection, String id, @Nullable String document) throws Exception {
        String value = document == null
                ? "{\"op\":\"d\",\"after\":null}"
                : "{\"op\":\"c\",\"after\":\"" + withId(id, document).replace("'", "\\\"") + "\"}";
        job.read(new KafkaMessage(
                TOPICS.topic(Origin.LIVE, collection),
                0,
                offset++,
                "{\"id\":\"\\\"%s\\\"\"}".formatted(id).getBytes(UTF_8),
                value.getBytes(UTF_8)));
    }

    private static String withId(String id, String document) {
        return "{'_id': '" + id + "', " + document.substring(1);
    }

    private static void epoch(SimulatedJob job) throws Exception {
        job.complete(job.barrier());
    }

    /** All entries of all keyed states, their operator before the key. */
    private static Map<String, String> entries(SimulatedJob job) throws Exception {
        Map<String, String> entries = new HashMap<>();
        for (Operators operator : KEYED) {
            job.subtasks(operator).rawEntries().forEach((key, value) -> entries.put(operator + " " + key, value));
        }
        return entries;
    }

    private static Map<String, String> mentioning(String text, Map<String, String> entries) {
        Map<String, String> some = new HashMap<>(entries);
        some.entrySet()
                .removeIf(entry ->
                        !entry.getKey().contains(text) && !entry.getValue().contains(text));
        return some;
    }
}
