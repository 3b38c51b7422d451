package io.retally.devkit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import io.retally.devkit.load.destination.MongoTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A report {@code LIKE mongodb}, from documents in MongoDB to documents in MongoDB, beside what PostgreSQL makes of the serving
 * tables: inserted, updated, also by the other side of a join, moved from one to the other, and deleted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
class SqlToMongoITCase {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private TestingStack stack;
    private MongoClient mongodb;
    private Path report;

    @BeforeAll
    void up(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        System.setProperty("retally.home", TestingStack.home().toString());
        stack = new TestingStack(folder.resolve("stack"));
        stack.run("up");
        mongodb = MongoClients.create(Objects.requireNonNull(stack.endpoints().mongodbUri()));
        report = Files.writeString(folder.resolve("rep_team.sql"), """
                -- In which team is each live rep, and of how many letters is its name?
                CREATE TABLE rep_team (
                  contact_id STRING NOT NULL,
                  contact_name STRING NOT NULL,
                  team_name STRING NOT NULL,
                  letters BIGINT NOT NULL,
                  PRIMARY KEY (contact_id) NOT ENFORCED
                ) WITH ('collection' = 'rep_team') LIKE mongodb;

                INSERT INTO rep_team
                SELECT c.id, c.name, t.name, CAST(CHAR_LENGTH(t.name) AS BIGINT)
                FROM contact c
                JOIN team t ON t.id = c.team_id AND t.account_id = c.account_id
                WHERE c.removed_at IS NULL;
                """);
    }

    @AfterAll
    void down() {
        if (mongodb != null) {
            mongodb.close();
        }
        stack.outcome("down");
    }

    @Test
    void theCollectionFollowsTheDocuments() throws Exception {
        stack.run("load generated --reps 60 --programs 2 --interactions 500 --seed 7 --now 2026-01-31T00:00:00Z"
                .split(" "));
        Set<ProcessHandle> others = ProcessHandle.current().children().collect(Collectors.toSet());
        CompletableFuture<TestingStack.Outcome> run =
                CompletableFuture.supplyAsync(() -> stack.outcome("sql", "run", report.toString()));
        try {
            Map<BsonValue, BsonDocument> before = awaitEqual(run);
            assertThat(before).hasSizeGreaterThan(20);

            stack.run("load", "changes", "--contacts-removed", "8", "--restored", "3", "--moved", "30");
            Map<BsonValue, BsonDocument> after = awaitEqual(run);
            assertThat(before.keySet()).as("contacts were removed").anyMatch(id -> !after.containsKey(id));
            assertThat(after.entrySet())
                    .as("contacts were moved")
                    .anyMatch(rep -> before.containsKey(rep.getKey())
                            && !Objects.equals(before.get(rep.getKey()), rep.getValue()));

            MongoCollection<BsonDocument> teams = collection(MongoTarget.DATABASE, "teams");
            teams.updateMany(new BsonDocument(), Updates.set("name", "Renamed"));
            assertThat(awaitEqual(run).values())
                    .allMatch(rep -> rep.getString("team_name").getValue().equals("Renamed"));

            teams.deleteMany(new BsonDocument());
            assertThat(awaitEqual(run)).isEmpty();
        } finally {
            // As Ctrl-C does, which ends a process and its report.
            ProcessHandle.current()
                    .children()
                    .filter(child -> !others.contains(child))
                    .forEach(ProcessHandle::destroy);
        }
        assertThat(run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).said())
                .contains("its rows will be in MongoDB's collection reporting.rep_team");
    }

    /** Waits until the collection holds what PostgreSQL says, and returns that. */
    private Map<BsonValue, BsonDocument> awaitEqual(CompletableFuture<?> run) throws SQLException {
        assertThat(stack.run("verify")).contains("every table is equal");
        Map<BsonValue, BsonDocument> expected = expected();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(run).isNotDone();
            Map<BsonValue, BsonDocument> written = new HashMap<>();
            for (BsonDocument document : collection("reporting", "rep_team").find()) {
                written.put(document.get("_id"), document);
            }
            assertThat(written).isEqualTo(expected);
        });
        return expected;
    }

    private Map<BsonValue, BsonDocument> expected() throws SQLException {
        Map<BsonValue, BsonDocument> expected = new HashMap<>();
        try (Connection reader = stack.endpoints().postgresReader().connect();
                Statement statement = reader.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select c.contact_id, c.name, t.name, char_length(t.name)
                        from serving.contact c join serving.team t using (team_id, account_id)""")) {
            while (rows.next()) {
                BsonValue id = new BsonObjectId(new ObjectId(rows.getString(1)));
                expected.put(
                        id,
                        new BsonDocument("_id", id)
                                .append("contact_id", new BsonString(rows.getString(1)))
                                .append("contact_name", new BsonString(rows.getString(2)))
                                .append("team_name", new BsonString(rows.getString(3)))
                                .append("letters", new BsonInt64(rows.getLong(4))));
            }
        }
        return expected;
    }

    private MongoCollection<BsonDocument> collection(String database, String name) {
        return mongodb.getDatabase(database).getCollection(name, BsonDocument.class);
    }
}
