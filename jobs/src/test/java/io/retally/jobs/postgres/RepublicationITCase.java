package io.retally.jobs.postgres;

import static io.retally.jobs.postgres.TestingRows.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** To publish an epoch again changes nothing: no row, not even the epoch's number. */
class RepublicationITCase {

    @RegisterExtension
    final TestingTables tables = new TestingTables();

    @Test
    void aCrashAfterTheCommitAndBeforeTheNextCheckpoint() throws Exception {
        TestingJob.Checkpoint checkpoint;
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"), team("t2", "East"));
            job.read("teams", 0, 2, 5);
            checkpoint = job.publish(1);
            job.write(team("t1", "South"));
        }
        List<String> published = tables.everything();
        try (TestingJob job = TestingJob.restore(tables.target(), checkpoint)) {
            assertThat(tables.everything()).isEqualTo(published);
            job.write(team("t1", "South"));
            job.publish(2);
            assertThat(tables.teams()).containsExactly("t1|South", "t2|East");
            assertThat(tables.epoch()).isEqualTo(2);
        }
    }

    @Test
    void ofSeveralRestoredEpochsThoseThatAreNotPublishedYet() throws Exception {
        TestingJob.Checkpoint checkpoint;
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"));
            job.barrier(1);
            job.write(team("t1", "South"));
            checkpoint = job.barrier(2);
            job.complete(1);
            assertThat(tables.teams()).containsExactly("t1|North");
        }
        TestingJob.restore(tables.target(), checkpoint).close();
        assertThat(tables.teams()).containsExactly("t1|South");
        assertThat(tables.epoch()).isEqualTo(2);
    }

    @Test
    void aNotificationThatComesTwiceOrLate() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"));
            job.publish(1);
            job.write(team("t1", "South"));
            job.publish(2);
            List<String> published = tables.everything();
            job.complete(2);
            job.complete(1);
            assertThat(tables.everything()).isEqualTo(published);
        }
    }

    @Test
    void anAttemptThatStalledAndWasReplaced() throws Exception {
        try (TestingJob stalled = TestingJob.start(tables.target())) {
            stalled.write(team("t1", "North"));
            stalled.publish(1);
            stalled.write(team("t1", "South"));
            TestingJob.Checkpoint checkpoint = stalled.barrier(2);
            try (TestingJob job = TestingJob.restore(tables.target(), checkpoint)) {
                assertThat(tables.teams()).containsExactly("t1|South");
                List<String> published = tables.everything();
                assertThatThrownBy(() -> stalled.complete(2)).isInstanceOf(LineageException.class);
                assertThat(tables.everything()).isEqualTo(published);
                job.write(team("t1", "West"));
                job.publish(3);
                assertThat(tables.teams()).containsExactly("t1|West");
            }
        }
    }
}
