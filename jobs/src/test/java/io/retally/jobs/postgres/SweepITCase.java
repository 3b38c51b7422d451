package io.retally.jobs.postgres;

import static io.retally.jobs.postgres.TestingRows.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.serving.ServingTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What nobody will publish is removed from staging; what somebody will publish never is. */
class SweepITCase {

    @RegisterExtension
    final TestingTables tables = new TestingTables();

    @Test
    void removesWhatEarlierAttemptsStagedFromEveryTable() throws Exception {
        try (TestingJob crashed = TestingJob.start(tables.target())) {
            for (ServingTable table : ServingTable.values()) {
                crashed.write(TestingRows.version(table, 1));
            }
            crashed.stage();
        }
        assertThat(tables.staged()).hasSize(ServingTable.values().length);
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.publish(1);
            assertThat(tables.staged()).isEmpty();
        }
    }

    @Test
    void sparesWhatItsOwnWritersStagedForTheNextEpochs() throws Exception {
        try (TestingJob crashed = TestingJob.start(tables.target())) {
            crashed.write(team("orphan", "1"));
            crashed.stage();
        }
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "1"));
            job.barrier(1);
            job.write(team("t2", "2"));
            job.barrier(2);
            job.write(team("t3", "3"));
            job.stage();
            job.complete(1);
            assertThat(tables.rows("select team_id from staging.team order by chunk"))
                    .containsExactly("t2", "t3");
            job.publish(3);
            assertThat(tables.teams()).containsExactly("t1|1", "t2|2", "t3|3");
        }
    }

    @Test
    void sparesWhatAWriterStagedBeforeAnotherStarted() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.publish(1);
        }
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "1"));
            job.stage();
            job.startWriter();
            job.barrier(1);
            job.write(team("t2", "2"));
            job.stage();
            job.complete(1);
            assertThat(tables.teams()).containsExactly("t1|1");
            job.publish(2);
            assertThat(tables.teams()).containsExactly("t1|1", "t2|2");
        }
    }

    @Test
    void onceAStartedJobHasSweptItDoesNotAgain() throws Exception {
        try (TestingJob crashed = TestingJob.start(tables.target());
                TestingJob job = TestingJob.start(tables.target())) {
            job.publish(1);
            crashed.write(team("orphan", "1"));
            crashed.stage();
            job.publish(2);
            assertThat(tables.staged()).hasSize(1);
        }
    }

    @Test
    void stagedRowsThatAreGoneStopTheJob() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "1"));
            job.publish(1);
            job.write(team("t2", "2"), team("t3", "3"));
            job.barrier(2);
            tables.run("delete from staging.team where team_id = 't3'");
            List<String> before = tables.everything();
            assertThatThrownBy(() -> job.complete(2))
                    .isInstanceOf(LineageException.class)
                    .hasStackTraceContaining("Of 2 rows staged for team only 1 are there");
            assertThat(tables.everything()).isEqualTo(before);
        }
    }
}
