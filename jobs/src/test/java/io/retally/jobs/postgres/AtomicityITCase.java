package io.retally.jobs.postgres;

import static io.retally.jobs.postgres.TestingRows.rep;
import static io.retally.jobs.postgres.TestingRows.summary;
import static io.retally.jobs.postgres.TestingRows.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.serving.ServingTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All tables change in one step. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AtomicityITCase {

    private static final int EPOCHS_SEEN = 100;
    private static final int REPS = 20;

    @RegisterExtension
    final TestingTables tables = new TestingTables();

    static Stream<String> places() {
        return Stream.concat(
                Arrays.stream(ServingTable.values()).map(table -> "serving." + table.tableName()),
                Stream.of("staging.source_position", "serving.epoch"));
    }

    /** Wherever a publication has come to: of what it has changed nothing can be seen before all can be seen. */
    @ParameterizedTest
    @MethodSource("places")
    void aPublicationThatHasComeAsFarAs(String place) throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            write(job, 1);
            job.publish(1);
            List<String> before = read();
            write(job, 2);
            job.barrier(2);
            assertThat(tables.whilePublicationWaitsFor(
                            place,
                            () -> job.complete(2),
                            () -> assertThat(read()).isEqualTo(before)))
                    .succeedsWithin(Duration.ofMinutes(1));
            assertThat(read()).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
        }
    }

    private static void write(TestingJob job, int version) throws Exception {
        for (ServingTable table : ServingTable.values()) {
            job.write(version(table, version));
        }
        job.read("teams", 0, version, version);
    }

    private List<String> read() {
        return places().flatMap(table -> tables.rows("select '" + table + "', t from " + table + " t").stream())
                .toList();
    }

    @Test
    void aReaderInOneSnapshotSeesTotalsThatAreTheSumsOfTheirRows() throws Exception {
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            try {
                readUntilManyEpochsWereSeen();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        Random random = new Random(1);
        long[] answers = new long[REPS];
        try (TestingJob job = TestingJob.start(tables.target())) {
            for (int epoch = 1; !reader.isDone(); epoch++) {
                for (int rep = 0; rep < REPS; rep++) {
                    answers[rep] += random.nextInt(3);
                    job.write(rep("c" + rep, answers[rep]));
                }
                job.write(summary(REPS, Arrays.stream(answers).sum()));
                job.publish(epoch);
            }
        }
        reader.get();
    }

    private void readUntilManyEpochsWereSeen() throws SQLException {
        Set<String> epochs = new HashSet<>();
        try (Connection connection = tables.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            while (epochs.size() < EPOCHS_SEEN) {
                List<String> totals = TestingTables.rows(
                        connection, "select program_id, reps_enrolled, answers from serving.program_summary");
                List<String> sums = TestingTables.rows(
                        connection, "select program_id, count(*), sum(answers) from serving.rep_program group by 1");
                List<String> epoch = TestingTables.rows(connection, "select epoch from serving.epoch");
                connection.commit();
                assertThat(totals).as("totals of epoch %s", epoch).isEqualTo(sums);
                epochs.addAll(epoch);
            }
        }
    }
}
