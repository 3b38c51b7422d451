package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import io.retally.devkit.demo.FailedQuiz;
import io.retally.devkit.load.destination.MongoTarget;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
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
 * Assignments from end to end: rules and documents in MongoDB, the connector, the job, and its documents in MongoDB beside what
 * the definition makes of them in PostgreSQL, while processes are killed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
class AssignmentsITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String EQUAL = " +assignments +[1-9][0-9,]* rows  equal";

    private Path folder;
    private TestingStack stack;
    private MongoClient mongodb;

    @BeforeAll
    void up(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path temporary) {
        folder = temporary;
        System.setProperty("retally.home", TestingStack.home().toString());
        stack = new TestingStack(folder.resolve("stack"));
        stack.run("up");
        mongodb = MongoClients.create(uri());
    }

    @AfterAll
    void down() {
        if (mongodb != null) {
            mongodb.close();
        }
        stack.outcome("down");
    }

    private String uri() {
        return Objects.requireNonNull(stack.endpoints().mongodbUri());
    }

    private MongoCollection<BsonDocument> collection(String name) {
        return mongodb.getDatabase(MongoTarget.DATABASE).getCollection(name, BsonDocument.class);
    }

    /** A program, and two of its lessons. */
    private record Program(String accountId, String id, String first, String second) {}

    private List<Program> programs() throws SQLException {
        List<Program> programs = new ArrayList<>();
        try (Connection reader = stack.endpoints().postgresReader().connect();
                Statement statement = reader.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select account_id, program_id, min(lesson_id), max(lesson_id) from serving.lesson
                        group by 1, 2 order by 2""")) {
            while (rows.next()) {
                programs.add(new Program(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
        }
        return programs;
    }

    private void put(String id, Program program, String rest) {
        BsonDocument rule = BsonDocument.parse("{\"_id\": \"" + id + "\", \"accountId\": \"" + program.accountId
                + "\", \"programId\": \"" + program.id + "\", " + rest + "}");
        collection("assignment_rules").replaceOne(Filters.eq("_id", id), rule, new ReplaceOptions().upsert(true));
    }

    @Test
    @Order(1)
    void whatIsAssignedIsTrueThoughTheTaskManagerIsKilled() throws Exception {
        CompletableFuture<String> load = CompletableFuture.supplyAsync(() -> stack.run(
                "load generated --reps 60 --programs 3 --interactions 12000 --seed 7 --now 2026-01-31T00:00:00Z --rate 300"
                        .split(" ")));
        await().atMost(PATIENCE).until(() -> programs().size() == 3);
        List<Program> programs = programs();
        put(
                "failed",
                programs.get(0),
                "\"priority\": 2, \"action\": \"repeat\", \"when\": {\"correctPercentBelow\": 60}");
        put(
                "behind",
                programs.get(0),
                "\"priority\": 1, \"action\": \"add\", \"targetLessonId\": \"" + programs.get(0).first
                        + "\", \"when\": {\"segmentsBelow\": 3, \"completed\": false}");
        put(
                "knows",
                programs.get(1),
                "\"lessonId\": \"" + programs.get(1).first + "\", \"priority\": 0, \"action\": \"skip\","
                        + " \"targetLessonId\": \"" + programs.get(1).second
                        + "\", \"when\": {\"correctPercentAtLeast\": 50, \"answersAtLeast\": 1}");
        put(
                "long-ago",
                programs.get(1),
                "\"priority\": -1, \"action\": \"repeat\", \"when\": {\"openedDaysAtLeast\": 3}");
        put(
                "misspelt",
                programs.get(2),
                "\"priority\": 0, \"action\": \"repeat\", \"when\": {\"correctPercentBellow\": 60}");
        await().atMost(PATIENCE).until(() -> collection("assignments").countDocuments() > 20);
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
                "--lesson-removed");
        assertThat(stack.run("verify")).contains("every table is equal").containsPattern(EQUAL);
        assertThat(letters()).hasSize(1);
    }

    /** Of rules; each once, whatever was restarted. */
    private List<String> letters() {
        return stack.deadLetters().stream()
                .filter(letter -> letter.startsWith(Topics.ASSIGNMENT_RULES + "-"))
                .toList();
    }

    @Test
    @Order(2)
    void editedRulesDecideAnew() throws Exception {
        List<Program> programs = programs();
        put(
                "failed",
                programs.get(0),
                "\"priority\": 2, \"action\": \"repeat\", \"when\": {\"correctPercentBelow\": 30}");
        put(
                "misspelt",
                programs.get(2),
                "\"priority\": 0, \"action\": \"repeat\", \"when\": {\"correctPercentBelow\": 60}");
        collection("assignment_rules").deleteOne(Filters.eq("_id", "long-ago"));
        assertThat(stack.run("verify")).containsPattern(EQUAL);
        assertThat(collection("assignments").countDocuments(Filters.eq("ruleId", "long-ago")))
                .isZero();
        assertThat(collection("assignments").countDocuments(Filters.eq("ruleId", "misspelt")))
                .isPositive();
    }

    @Test
    @Order(3)
    void aFailedQuizIsAssignedAndARemovedContactIsNot() throws Exception {
        Endpoints endpoints = stack.endpoints();
        try (Connection reader = endpoints.postgresReader().connect()) {
            System.out.println(new FailedQuiz(reader, uri()).fail().orElseThrow());
        }
        MongoCollection<BsonDocument> assignments = collection("assignments");
        String contact = Objects.requireNonNull(assignments.find().first())
                .getString("contactId")
                .getValue();
        long begin = System.nanoTime();
        collection("contacts").updateOne(Filters.eq("_id", new ObjectId(contact)), Updates.currentDate("removedAt"));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> assignments.countDocuments(Filters.eq("contactId", contact)) == 0);
        System.out.printf("withdrawn after %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        assertThat(stack.run("verify")).containsPattern(EQUAL);
    }

    @Test
    @Order(4)
    void aNewJobManagerGoesOn() throws Exception {
        try (Stream<Path> jobs = Files.list(stack.dir().assignmentsCheckpoints())) {
            assertThat(jobs).as("checkpoints apart from those of rep-progress").hasSize(1);
        }
        stack.kill(Part.JOBMANAGER);
        await().atMost(PATIENCE)
                .until(() -> Files.readString(stack.dir().log(Part.KEEPER))
                        .contains("the job lesson-assignments was gone: it goes on as"));
        List<Program> programs = programs();
        collection("assignment_rules").deleteOne(Filters.eq("_id", "misspelt"));
        put("all", programs.get(2), "\"priority\": 0, \"action\": \"repeat\", \"when\": {}");
        await().atMost(PATIENCE).until(() -> collection("assignments").countDocuments(Filters.eq("ruleId", "all")) > 0);
        assertThat(stack.run("verify")).contains("every table is equal").containsPattern(EQUAL);
        assertThat(letters()).hasSize(1);
        await().atMost(PATIENCE).until(() -> stack.status().isUp());
    }

    @Test
    @Order(5)
    void anUpgradeIsOfBothJobsAndARescaledStackHasBoth() throws Exception {
        assertThat(stack.run("upgrade")).containsPattern("assignments +[0-9.]+ s +runs as [0-9a-f]{32}");
        Program program = programs().get(2);
        put("all", program, "\"priority\": 0, \"action\": \"repeat\", \"when\": {\"answersAtLeast\": 1}");
        assertThat(stack.run("verify")).contains("every table is equal").containsPattern(EQUAL);
        stack.run("rescale", "4");
        collection("assignment_rules").deleteOne(Filters.eq("_id", "all"));
        await().atMost(PATIENCE)
                .until(() -> collection("assignments").countDocuments(Filters.eq("ruleId", "all")) == 0);
        assertThat(stack.run("verify")).contains("every table is equal").containsPattern(EQUAL);
        assertThat(letters()).hasSize(1);
    }

    @Test
    @Order(6)
    void assignmentsThatDoNotRestoreAreReplacedByTheBuildBefore() throws Exception {
        Path broken =
                BrokenBuild.without("io/retally/core/assignment/DecidedLessonCodec.class", folder.resolve("broken"));
        System.setProperty("retally.home", broken.toString());
        try {
            TestingStack.Outcome outcome = stack.outcome("upgrade");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.said())
                    .contains(
                            "the job lesson-assignments could not be restored",
                            "it goes on as it was before, and the tables with the new build",
                            "DecidedLessonCodec");
        } finally {
            System.setProperty("retally.home", TestingStack.home().toString());
        }
        stack.kill(Part.JOBMANAGER);
        put("again", programs().get(2), "\"priority\": 0, \"action\": \"repeat\", \"when\": {}");
        await().atMost(PATIENCE)
                .until(() -> collection("assignments").countDocuments(Filters.eq("ruleId", "again")) > 0);
        assertThat(stack.run("verify")).contains("every table is equal").containsPattern(EQUAL);
        assertThat(letters()).hasSize(1);
        await().atMost(PATIENCE).until(() -> stack.status().isUp());
    }
}
