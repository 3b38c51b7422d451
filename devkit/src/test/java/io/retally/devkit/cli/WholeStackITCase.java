package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.retally.core.document.Collection;
import io.retally.devkit.demo.ContactRemoval;
import io.retally.devkit.load.Documents;
import io.retally.devkit.load.destination.DebeziumMessages;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.load.destination.RawMessages;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.watch.Violation;
import io.retally.devkit.watch.Watch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's demo on a small company, by the command line: the whole stack as processes, MongoDB and Debezium included,
 * and a reader that watches from the first epoch to the last. One start for all of it, as a start takes most of a minute.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
class WholeStackITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MALFORMED = 200;
    private static final BsonString LATER = new BsonString("too-large-at-first");

    private TestingStack stack;
    private Watch watch;
    private CompletableFuture<Watch.Figures> watching;

    @BeforeAll
    void up(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) {
        System.setProperty("retally.home", TestingStack.home().toString());
        stack = new TestingStack(folder.resolve("stack"));
        stack.run("up");
        Endpoints endpoints = stack.endpoints();
        watch = new Watch(() -> endpoints.postgresReader().connect(), new Told());
        watching = CompletableFuture.supplyAsync(() -> {
            try {
                return watch.run(null);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterAll
    void down() {
        if (watch != null) {
            watch.stop();
        }
        stack.outcome("down");
    }

    @Test
    @Order(1)
    void malformedMessagesBecomeDeadLettersOnceAndStopNothing() {
        stack.run("load", "malformed", "--messages", String.valueOf(MALFORMED));
        awaitDeadLetters();
        assertThat(stack.status().jobRestarts()).isZero();
    }

    @Test
    @Order(2)
    void aCompanyAtWorkIsTrueThoughTheTaskManagerIsKilled() throws Exception {
        CompletableFuture<String> load = CompletableFuture.supplyAsync(() -> stack.run(
                "load generated --reps 60 --programs 3 --interactions 12000 --seed 7 --now 2026-01-31T00:00:00Z --rate 800"
                        .split(" ")));
        long before = epoch();
        await().atMost(PATIENCE).until(() -> epoch() > before + 2);
        assertThat(load).isNotDone();
        stack.kill(Part.TASKMANAGER);
        load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        stack.run(
                "load",
                "changes",
                "--contacts-removed",
                "8",
                "--restored",
                "3",
                "--moved",
                "6",
                "--interactions-deleted",
                "100",
                "--corrected",
                "100",
                "--backfilled",
                "100",
                "--backfill-topic",
                "--lesson-removed",
                "--pass-percent",
                "55");
        assertThat(stack.run("verify")).contains("every table is equal");
        // Flink refreshes the metric every few seconds.
        await().atMost(PATIENCE).until(() -> stack.status().jobRestarts() > 0);
    }

    @Test
    @Order(3)
    void aRemovedContactVanishesFromEveryTable() throws Exception {
        Endpoints endpoints = stack.endpoints();
        try (Connection reader = endpoints.postgresReader().connect()) {
            ContactRemoval.Removed removed = new ContactRemoval(
                            reader, Optional.ofNullable(endpoints.mongodbUri()).orElseThrow())
                    .remove()
                    .orElseThrow();
            System.out.println(removed);
            assertThat(removed.tables()).containsExactlyInAnyOrder("contact", "rep_lesson", "rep_program");
            assertThat(removed.enrolledInTotals()).isEqualTo(removed.enrolledReps());
        }
        assertThat(stack.run("verify")).contains("every table is equal");
    }

    @Test
    @Order(4)
    void aConnectorThatFailedGoesOnByItself() throws Exception {
        Endpoints endpoints = stack.endpoints();
        ConfigResource topic =
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.live(Collection.ACCOUNTS.collectionName()));
        ConfigEntry tooSmall = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "100");
        try (Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, endpoints.kafkaBootstrap()));
                MongoClient mongo = MongoClients.create(
                        Optional.ofNullable(endpoints.mongodbUri()).orElseThrow())) {
            change(admin, topic, new AlterConfigOp(tooSmall, AlterConfigOp.OpType.SET));
            mongo.getDatabase(MongoTarget.DATABASE)
                    .getCollection(Collection.ACCOUNTS.collectionName(), BsonDocument.class)
                    .insertOne(Documents.account(LATER, "Later", "UTC"));
            // The broker refuses the message, which Connect takes for the end.
            await().atMost(PATIENCE)
                    .until(() -> Files.readString(stack.dir().log(Part.KEEPER))
                            .contains("the connector retally-mongodb has failed and is started again"));
            change(admin, topic, new AlterConfigOp(tooSmall, AlterConfigOp.OpType.DELETE));
        }
        try (Connection reader = endpoints.postgresReader().connect();
                PreparedStatement account =
                        reader.prepareStatement("select name from serving.account where account_id = ?")) {
            account.setString(1, LATER.getValue());
            await().atMost(PATIENCE).until(() -> {
                try (ResultSet row = account.executeQuery()) {
                    return row.next() && row.getString(1).equals("Later");
                }
            });
        }
        assertThat(stack.run("verify")).contains("every table is equal");
    }

    private static void change(Admin admin, ConfigResource resource, AlterConfigOp change) throws Exception {
        admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
    }

    @Test
    @Order(5)
    void anAuditFindsWhatTheLogSaysWronglyAndRepairsIt() {
        Endpoints endpoints = stack.endpoints();
        DebeziumMessages connector = new DebeziumMessages(Topics.PREFIX, MongoTarget.DATABASE, Clock.systemUTC());
        try (RawMessages messages = new RawMessages(endpoints.kafkaBootstrap())) {
            messages.send(
                    Topics.live(Collection.ACCOUNTS.collectionName()),
                    connector.key(LATER),
                    "{\"op\":\"d\",\"after\":null}".getBytes(StandardCharsets.UTF_8));
            messages.flush();
        }
        TestingStack.Outcome audit = stack.outcome("audit");
        assertThat(audit.exitCode()).isOne();
        assertThat(audit.said())
                .containsPattern("accounts +1 +in MongoDB, not in the log +" + LATER.getValue())
                .contains("./retally audit --repair");
        assertThat(stack.run("audit", "--repair")).contains("1 of 1 documents corrected");
        assertThat(stack.run("audit")).contains("The change topics say what MongoDB holds");
        assertThat(stack.run("verify")).contains("every table is equal");
    }

    @Test
    @Order(6)
    void aForgottenContactIsInNoTable() throws Exception {
        String contact;
        try (Connection reader = stack.endpoints().postgresReader().connect();
                Statement statement = reader.createStatement();
                ResultSet row = statement.executeQuery("select min(contact_id) from serving.rep_lesson")) {
            assertThat(row.next()).isTrue();
            contact = row.getString(1);
        }
        TestingStack.Outcome unconfirmed = stack.outcome("forget", contact);
        assertThat(unconfirmed.exitCode()).isNotZero();
        assertThat(unconfirmed.said()).containsPattern("[0-9,]+ interactions").contains("--yes");

        assertThat(stack.run("forget", contact, "--yes"))
                .containsPattern("serving.rep_lesson +0 rows")
                .doesNotContainPattern("[1-9][0-9,]* rows");
        assertThat(stack.run("forget", contact, "--yes")).contains("0 interactions");
        assertThat(stack.run("verify")).contains("every table is equal");
    }

    @Test
    @Order(7)
    void aQuestionOfTheDayIsAnswered(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("question.sql");
        Files.writeString(file, """
                EXPLAIN SELECT LOCAL_DAY(enrolled_at, 'America/Chicago') FROM membership;
                SET 'execution.runtime-mode' = 'batch';
                SELECT 'rows', COUNT(*), MAX(enrolled_at) FROM serving.rep_program;
                CREATE TABLE program_message (message STRING) WITH ('connector' = 'kafka', 'format' = 'raw',
                  'topic' = 'retally.coaching.programs', 'properties.bootstrap.servers' = '%s',
                  'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset');
                SELECT DISTINCT CONCAT('id ', l.id)
                FROM program_message, LATERAL TABLE(LESSONS_OF_PROGRAM(EJSON_STRING(message, 'after'))) AS l;
                """.formatted(stack.endpoints().kafkaBootstrap()));
        String said = stack.run("sql", "shell", "--file", file.toString());
        try (Connection reader = stack.endpoints().postgresReader().connect();
                Statement statement = reader.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*), "
                                + "to_char(max(enrolled_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') from serving.rep_program")) {
            assertThat(row.next()).isTrue();
            assertThat(said)
                    .containsPattern("\\| +rows \\| +%d \\| +%s \\|".formatted(row.getLong(1), row.getString(2)));
        }
        try (Connection reader = stack.endpoints().postgresReader().connect();
                Statement statement = reader.createStatement();
                ResultSet row = statement.executeQuery("select distinct lesson_id from serving.lesson")) {
            assertThat(row.next()).isTrue();
            do {
                assertThat(said).containsPattern("\\| +id " + row.getString(1) + " \\|");
            } while (row.next());
        }
        assertThat(said).contains("== Optimized Execution Plan ==");

        Files.writeString(file, "SELECT no_such FROM contact;");
        TestingStack.Outcome wrong = stack.outcome("sql", "shell", "--file", file.toString());
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.said()).contains("no_such");
    }

    @Test
    @Order(8)
    void realClicksOfACourseAreTrue() {
        Optional<Path> data = TestingStack.oulad();
        assumeTrue(data.isPresent(), "no folder shared/data/oulad beside the checkout");
        stack.run("load", "oulad", data.orElseThrow().toString(), "--through", "kafka", "--presentation", "GGG-2013J");
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> lag() == 0);
        assertThat(stack.run("verify", "--from", "logs")).contains("every table is equal");
    }

    @Test
    @Order(9)
    void nothingContradictedAnythingNothingWasLostAndNothingIsLeft() throws Exception {
        awaitDeadLetters();
        stack.run("status");
        watch.stop();
        Watch.Figures figures = watching.get(2, TimeUnit.MINUTES);
        System.out.println(figures);
        assertThat(figures.violations()).isEmpty();
        assertThat(figures.epochs()).isGreaterThan(20);
        assertThat(stack.processes()).isNotEmpty();
        stack.run("down");
        assertThat(stack.processes()).isEmpty();
    }

    private void awaitDeadLetters() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> letters = stack.deadLetters();
            assertThat(letters).hasSize(MALFORMED).doesNotHaveDuplicates();
        });
    }

    private long epoch() {
        return Optional.ofNullable(stack.status().epoch()).orElseThrow().number();
    }

    private long lag() {
        return Optional.ofNullable(stack.status().lag()).orElseThrow().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Judged at the end; what is said meanwhile is for who looks for the cause. */
    private static final class Told implements Watch.Listener {
        @Override
        public void violation(long epoch, Violation violation) {
            System.out.println("violation in epoch " + epoch + ": " + violation);
        }

        @Override
        public void round(Watch.Figures figures) {}

        @Override
        public void interruption(String reason) {
            System.out.println("the watch was interrupted: " + reason);
        }
    }
}
