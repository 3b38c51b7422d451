package io.retally.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A report's table is its result at the last complete checkpoint, whatever dies in between, and belongs to one run. */
@SuppressWarnings("try") // Closing may be interrupted.
class PublishReportITCase {

    private static final ReportTable.Column KEY = new ReportTable.Column("k", "text", true, "The key.");
    private static final ReportTable TABLE = new ReportTable(
            "Totals of all",
            List.of(KEY, new ReportTable.Column("n", "bigint", false, null)),
            List.of("k"),
            "It's a row.");

    private static EmbeddedPostgres postgres;
    private static PostgresTarget target;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        run("create user retally_reporter in role retally_report");
        target = new PostgresTarget(postgres.getJdbcUrl("retally_reporter", "postgres"), "retally_reporter");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void empty() throws Exception {
        run("drop table if exists reporting.\"Totals of all\"", "delete from reporting.publication");
    }

    /** A start of the operator, with barriers at the test's will. To close it is to crash. */
    private static final class Job implements AutoCloseable {
        private final OneInputStreamOperatorTestHarness<ReportChange, Void> publisher;

        private record Checkpoint(long id, OperatorSubtaskState state) {}

        Job(ReportTable table, @Nullable Checkpoint restored) throws Exception {
            publisher = new OneInputStreamOperatorTestHarness<>(
                    new PublishReport(target, "totals", table), ReportChange.TYPE.createSerializer());
            if (restored != null) {
                publisher.setRestoredCheckpointId(restored.id);
                publisher.initializeState(restored.state);
            }
            publisher.open();
        }

        void gains(@Nullable String... row) throws Exception {
            publisher.processElement(new StreamRecord<>(new ReportChange(true, Arrays.asList(row))));
        }

        void loses(@Nullable String... row) throws Exception {
            publisher.processElement(new StreamRecord<>(new ReportChange(false, Arrays.asList(row))));
        }

        Checkpoint barrier(long checkpoint) throws Exception {
            return new Checkpoint(checkpoint, publisher.snapshot(checkpoint, checkpoint));
        }

        void complete(long checkpoint) throws Exception {
            publisher.notifyOfCompletedCheckpoint(checkpoint);
        }

        Checkpoint publish(long checkpoint) throws Exception {
            Checkpoint taken = barrier(checkpoint);
            complete(checkpoint);
            return taken;
        }

        @Override
        public void close() throws Exception {
            publisher.close();
        }
    }

    @Test
    void anEpochIsWrittenWhenItsCheckpointIsComplete() throws Exception {
        try (Job job = new Job(TABLE, null)) {
            job.publish(1);
            assertThat(table()).as("an empty result has an empty table").isEmpty();
            job.gains("a", "1");
            job.gains("b", null);
            job.gains("c", "3");
            job.barrier(2);
            assertThat(table()).isEmpty();
            job.complete(2);
            assertThat(table()).containsExactly("a|1", "b|null", "c|3");
            // In any order: the gain of a row before the loss of the one that it replaces, and what nets to nothing.
            job.gains("a", "2");
            job.loses("x", "9");
            job.loses("a", "1");
            job.loses("b", null);
            job.gains("x", "9");
            job.publish(3);
            assertThat(table()).containsExactly("a|2", "c|3");
        }
        assertThat(rows("select obj_description('reporting.\"Totals of all\"'::regclass), "
                        + "col_description('reporting.\"Totals of all\"'::regclass, 1)"))
                .containsExactly("It's a row.|The key.");
    }

    @Test
    void anEpochWhoseCheckpointFailedIsPublishedWithTheNext() throws Exception {
        try (Job job = new Job(TABLE, null)) {
            job.gains("a", "1");
            job.barrier(1);
            job.loses("a", "1");
            job.gains("a", "2");
            job.barrier(2);
            job.complete(2);
            assertThat(table()).containsExactly("a|2");
        }
    }

    @Test
    void aCrashBeforeOrAfterThePublicationComesToTheSame() throws Exception {
        Job.Checkpoint second;
        try (Job job = new Job(TABLE, null)) {
            job.gains("a", "1");
            job.publish(1);
            job.gains("b", "1");
            second = job.barrier(2);
            // Of the next epoch, lost with the process.
            job.gains("c", "1");
        }
        for (int i = 0; i < 2; i++) { // the second time, what is restored is published already
            try (Job job = new Job(TABLE, second)) {
                assertThat(table()).containsExactly("a|1", "b|1");
            }
        }
        try (Job job = new Job(TABLE, second)) {
            job.loses("a", "1");
            job.publish(3);
            assertThat(table()).containsExactly("b|1");
        }
    }

    @Test
    void anotherRunReplacesTheTableAtOnceAndTheFirstIsRefused() throws Exception {
        try (Job old = new Job(TABLE, null);
                Job job = new Job(TABLE, null)) {
            old.gains("a", "1");
            old.publish(5);
            old.gains("c", "1");
            Job.Checkpoint checkpoint = old.barrier(6);
            job.gains("b", "2");
            job.publish(1);
            assertThat(table()).containsExactly("b|2");
            refused(() -> old.complete(6), "taken over by another run");
            refused(() -> new Job(TABLE, checkpoint).close(), "taken over by another run");
            job.gains("d", "2");
            job.publish(2);
            assertThat(table()).containsExactly("b|2", "d|2");
        }
    }

    @Test
    void ofTwoJobsRestoredFromOneCheckpointOneGoesOn() throws Exception {
        Job.Checkpoint checkpoint;
        try (Job job = new Job(TABLE, null)) {
            checkpoint = job.publish(1);
        }
        try (Job first = new Job(TABLE, checkpoint);
                Job second = new Job(TABLE, checkpoint)) {
            first.gains("a", "1");
            first.publish(2);
            second.gains("b", "1");
            second.barrier(2);
            refused(() -> second.complete(2), "taken over by another run");
        }
    }

    @Test
    void aCheckpointOlderThanThePublishedOneIsRefused() throws Exception {
        Job.Checkpoint older;
        try (Job job = new Job(TABLE, null)) {
            older = job.publish(1);
            job.gains("a", "1");
            job.publish(2);
        }
        refused(() -> new Job(TABLE, older).close(), "start it without a savepoint");
    }

    /** By a backup, or by a replica that was behind: an epoch is missing that no checkpoint holds any more. */
    @Test
    void aTableThatWasPutBackIsRefused() throws Exception {
        Job.Checkpoint latest;
        try (Job job = new Job(TABLE, null)) {
            job.gains("a", "1");
            job.publish(1);
            job.gains("b", "1");
            job.publish(2);
            job.gains("c", "1");
            latest = job.publish(3);
        }
        run("delete from reporting.\"Totals of all\" where k > 'a'", "update reporting.publication set checkpoint = 1");
        refused(() -> new Job(TABLE, latest).close(), "PostgreSQL was put back to an earlier state");
        assertThat(table()).containsExactly("a|1");
    }

    @Test
    void aRunWithOtherColumnsReplacesTheTable() throws Exception {
        try (Job job = new Job(TABLE, null)) {
            job.gains("a", "1");
            job.publish(1);
        }
        ReportTable other = new ReportTable(
                TABLE.name(),
                List.of(KEY, new ReportTable.Column("day", "date", true, null)),
                List.of("k", "day"),
                null);
        try (Job job = new Job(other, null)) {
            job.gains("a", "2026-11-26");
            job.gains("a", "2026-11-27");
            job.publish(1);
        }
        assertThat(table()).containsExactly("a|2026-11-26", "a|2026-11-27");
    }

    @Test
    void twoRowsOfOneKeyEndTheReport() throws Exception {
        try (Job job = new Job(TABLE, null)) {
            job.gains("a", "1");
            job.publish(1);
            job.gains("a", "2");
            job.barrier(2);
            refused(() -> job.complete(2), "two rows of one primary key (k)");
        }
        try (Job job = new Job(TABLE, null)) {
            job.gains("a", "1");
            job.gains("a", "2");
            job.barrier(1);
            refused(() -> job.complete(1), "two rows of one primary key (k)");
        }
        try (Job job = new Job(TABLE, null)) {
            job.gains("a", "1");
            job.gains("a", "1");
            assertThat(catchThrowable(() -> job.barrier(1))).hasStackTraceContaining("two rows of one primary key (k)");
        }
    }

    @Test
    void aTableThatSomebodyElseChangedEndsTheReport() throws Exception {
        try (Job job = new Job(TABLE, null)) {
            job.gains("a", "1");
            job.publish(1);
            run("delete from reporting.\"Totals of all\"");
            job.loses("a", "1");
            job.gains("a", "2");
            job.barrier(2);
            refused(() -> job.complete(2), "does not hold what report totals wrote");
        }
    }

    /** Refused for good, and the table is as it was. */
    private static void refused(ThrowingCallable publication, String message) throws Exception {
        List<String> before = table();
        Throwable refusal = catchThrowable(publication);
        assertThat(refusal).hasStackTraceContaining(message);
        assertThat(ThrowableClassifier.getThrowableType(refusal)).isEqualTo(ThrowableType.NonRecoverableError);
        assertThat(table()).isEqualTo(before);
    }

    private static List<String> table() throws Exception {
        return rows("select * from reporting.\"Totals of all\" order by 1, 2");
    }

    private static List<String> rows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                rows.add(row.getString(1) + "|" + row.getString(2));
            }
        }
        return rows;
    }

    private static void run(String... statements) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
