package io.retally.jobs.postgres;

import static io.retally.jobs.postgres.TestingRows.noTeam;
import static io.retally.jobs.postgres.TestingRows.team;
import static io.retally.jobs.postgres.TestingRows.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.serving.ServingTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The moments at which something may die, as docs/architecture.md lists them, and what is left then. */
class CrashPointsITCase {

    @RegisterExtension
    final TestingTables tables = new TestingTables();

    @Test
    void beforeTheBarrierIsThroughTheEpochLeavesNoTrace() throws Exception {
        TestingJob.Checkpoint checkpoint;
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"));
            checkpoint = job.publish(1);
            job.write(team("t1", "lost"), team("t2", "lost"));
            job.read("teams", 0, 9, 9);
            job.stage();
        }
        try (TestingJob job = TestingJob.restore(tables.target(), checkpoint)) {
            assertThat(tables.teams()).containsExactly("t1|North");
            job.publish(2);
            assertThat(tables.teams()).containsExactly("t1|North");
            assertThat(tables.staged()).isEmpty();
            assertThat(tables.rows("select from staging.source_position")).isEmpty();
        }
    }

    @Test
    void aFailedCheckpointIsPublishedWithTheNextAsOneEpoch() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"), team("t2", "East"), team("t3", "West"));
            job.barrier(1);
            assertThat(tables.teams()).isEmpty();
            job.write(team("t1", "South"), noTeam("t3"));
            job.publish(2);
            assertThat(tables.teams()).containsExactly("t1|South", "t2|East");
            assertThat(tables.epoch()).isEqualTo(1);
            assertThat(tables.staged()).isEmpty();
        }
    }

    @Test
    void afterAFailedCheckpointTheEpochLeavesNoTrace() throws Exception {
        TestingJob.Checkpoint checkpoint;
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"));
            checkpoint = job.publish(1);
            job.write(team("t1", "lost"));
            job.barrier(2);
        }
        try (TestingJob job = TestingJob.restore(tables.target(), checkpoint)) {
            job.publish(3);
            assertThat(tables.teams()).containsExactly("t1|North");
            assertThat(tables.staged()).isEmpty();
        }
    }

    @Test
    void completeAndNotPublishedIsPublishedOnRestore() throws Exception {
        TestingJob.Checkpoint checkpoint;
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"), team("t2", "East"));
            job.read("teams", 0, 2, 5);
            job.barrier(1);
            job.write(noTeam("t2"));
            checkpoint = job.barrier(2);
        }
        assertThat(tables.epoch()).isZero();
        TestingJob.restore(tables.target(), checkpoint).close();
        assertThat(tables.teams()).containsExactly("t1|North");
        assertThat(tables.epoch()).isEqualTo(1);
        assertThat(tables.rows("select next_offset from staging.source_position"))
                .containsExactly("2");
        assertThat(tables.staged()).isEmpty();
    }

    /** Tables are changed in the order of {@link ServingTable}, the epoch comes last. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "serving.rep_lesson",
                "serving.program_day",
                "serving.lesson",
                "staging.source_position",
                "serving.epoch"
            })
    void begunAndNotCommittedIsRolledBackAndPublishedOnRestore(String table) throws Exception {
        TestingJob.Checkpoint checkpoint;
        try (TestingJob job = TestingJob.start(tables.target())) {
            writeAll(job, 1);
            job.publish(1);
            List<String> before = tables.everything();
            writeAll(job, 2);
            checkpoint = job.barrier(2);
            assertThat(tables.whilePublicationWaitsFor(table, () -> job.complete(2), tables::killPublication))
                    .failsWithin(Duration.ofMinutes(1));
            assertThat(tables.everything()).containsAll(before);
        }
        try (TestingJob job = TestingJob.restore(tables.target(), checkpoint)) {
            assertThat(tables.epoch()).isEqualTo(2);
            assertThat(tables.staged()).isEmpty();
            List<String> published = tables.everything();
            writeAll(job, 2);
            job.publish(3);
            assertThat(tables.everything())
                    .as("version 2 of every row was there")
                    .containsAll(published.stream()
                            .filter(row -> row.startsWith("serving.") && !row.startsWith("serving.epoch"))
                            .toList());
        }
    }

    private static void writeAll(TestingJob job, int version) throws Exception {
        for (ServingTable table : ServingTable.values()) {
            job.write(version(table, version));
        }
        job.read("teams", 0, version, version);
    }
}
