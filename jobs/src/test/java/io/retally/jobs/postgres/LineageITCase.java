package io.retally.jobs.postgres;

import static io.retally.jobs.postgres.TestingRows.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose the tables are. */
class LineageITCase {

    private static final String STATE = "select (select array_agg(t order by t) from serving.team t), "
            + "(select e from serving.epoch e), (select p from staging.publication p)";

    @RegisterExtension
    final TestingTables tables = new TestingTables();

    @Test
    void aNewLineageReplacesWhatTheTablesHeldInOneStep() throws Exception {
        try (TestingJob old = TestingJob.start(tables.target())) {
            old.write(team("t1", "old"), team("t2", "old"));
            old.read("teams", 0, 100, 5);
            old.read("teams", 1, 100, 5);
            old.publish(7);
        }
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t2", "new"), team("t3", "new"));
            job.read("teams", 0, 2, 5);
            job.barrier(1);
            assertThat(tables.teams()).containsExactly("t1|old", "t2|old");
            job.complete(1);
            assertThat(tables.teams()).containsExactly("t2|new", "t3|new");
            assertThat(tables.rows("select partition, next_offset from staging.source_position"))
                    .containsExactly("0|2");
            assertThat(tables.epoch()).as("the epoch's number rises").isEqualTo(2);
        }
    }

    @Test
    void aRebuildLeavesTheTablesAsTheyAreUntilItHasReadAsFar() throws Exception {
        try (TestingJob old = TestingJob.start(tables.target())) {
            old.write(team("t1", "old"), team("t2", "old"));
            old.read("teams", 0, 100, 5);
            old.read("teams", 1, 10, 5);
            old.publish(7);
        }
        TestingJob.Checkpoint waiting;
        try (TestingJob job = TestingJob.rebuild(tables.target(), null)) {
            job.write(team("t2", "first version"), team("t3", "first version"));
            job.read("teams", 0, 100, 5);
            waiting = job.publish(1);
            assertThat(tables.teams()).as("not as far in the other partition").containsExactly("t1|old", "t2|old");
            job.write(team("t4", "staged by an attempt that crashes"));
            job.stage();
        }
        try (TestingJob job = TestingJob.rebuild(tables.target(), waiting)) {
            assertThat(tables.teams()).containsExactly("t1|old", "t2|old");
            job.write(team("t2", "new"));
            job.read("teams", 1, 9, 5);
            job.publish(2);
            assertThat(tables.teams()).containsExactly("t1|old", "t2|old");
            job.read("teams", 1, 10, 5);
            job.publish(3);
            assertThat(tables.teams()).containsExactly("t2|new", "t3|first version");
            assertThat(tables.rows("select partition, next_offset from staging.source_position order by 1"))
                    .containsExactly("0|100", "1|10");
            job.write(team("t5", "new"));
            job.publish(4);
            assertThat(tables.teams()).containsExactly("t2|new", "t3|first version", "t5|new");
            assertThat(tables.rows("select count(*) from staging.team"))
                    .as("what the crashed attempt staged")
                    .containsExactly("0");
        }
    }

    @Test
    void aRebuildOfTablesThatNobodyPublishedBeginsAtOnce() throws Exception {
        try (TestingJob job = TestingJob.rebuild(tables.target(), null)) {
            job.write(team("t1", "new"));
            job.publish(1);
            assertThat(tables.teams()).containsExactly("t1|new");
        }
    }

    @Test
    void anOldLineageIsRefusedFromThenOn() throws Exception {
        try (TestingJob old = TestingJob.start(tables.target())) {
            old.write(team("t1", "old"));
            TestingJob.Checkpoint checkpoint = old.publish(1);
            old.write(team("t2", "old"));
            TestingJob.Checkpoint later = old.barrier(2);
            try (TestingJob job = TestingJob.start(tables.target())) {
                job.write(team("t1", "new"));
                job.publish(1);
                refused(() -> old.complete(2), "taken over by another run of the job");
                // The checkpoint is from before the first publication: it may take over, but its rows are published.
                refused(
                        () -> TestingJob.restore(tables.target(), checkpoint).close(),
                        "another run of the job has swept");
                refused(() -> TestingJob.restore(tables.target(), later).close(), "start this one without a savepoint");
                job.write(team("t2", "new"));
                job.publish(2);
                assertThat(tables.teams()).containsExactly("t1|new", "t2|new");
            }
        }
    }

    @Test
    void aLineageThatHasPublishedNothingTakesOverAfterARestore() throws Exception {
        TestingJob.Checkpoint checkpoint;
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "new"));
            checkpoint = job.barrier(1);
        }
        try (TestingJob old = TestingJob.start(tables.target())) {
            old.write(team("t1", "old"), team("t2", "old"));
            // Without a sweep: the chunk of the job that has not published yet is spared.
            old.barrier(9);
        }
        TestingJob.restore(tables.target(), checkpoint).close();
        assertThat(tables.teams()).containsExactly("t1|new");
    }

    @Test
    void aCheckpointOlderThanThePublishedOneIsRefused() throws Exception {
        TestingJob.Checkpoint older;
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"));
            older = job.publish(1);
            job.write(team("t1", "South"));
            job.publish(2);
        }
        refused(
                () -> TestingJob.restore(tables.target(), older).close(),
                "published from checkpoint 2, later than checkpoint 1");
        assertThat(tables.teams()).containsExactly("t1|South");
    }

    /** Each would publish its own differences only: the other's rows would be missing for ever. */
    @Test
    void ofTwoJobsRestoredFromOneCheckpointOneGoesOn() throws Exception {
        TestingJob.Checkpoint checkpoint;
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"));
            checkpoint = job.publish(1);
        }
        try (TestingJob first = TestingJob.restore(tables.target(), checkpoint);
                TestingJob second = TestingJob.restore(tables.target(), checkpoint)) {
            first.write(team("t1", "first"));
            first.publish(2);
            second.write(team("t2", "second"));
            refused(() -> second.publish(2), "by another run of the job");
            refused(() -> second.publish(3), "by another run of the job");
            first.write(team("t3", "first"));
            first.publish(3);
            assertThat(tables.teams()).containsExactly("t1|first", "t3|first");
        }
    }

    /** By a backup, or by a replica that was behind and took over: epochs are missing that no checkpoint holds any more. */
    @Test
    void tablesThatWerePutBackAreRefused() throws Exception {
        TestingJob.Checkpoint latest;
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"));
            job.publish(1);
            job.write(team("t2", "South"));
            job.publish(2);
            job.write(team("t3", "West"));
            latest = job.publish(3);
            // The second and third epoch's transactions are undone.
            tables.run("delete from serving.team where team_id in ('t2', 't3')");
            tables.run("update staging.publication set checkpoint = 1");
            job.write(team("t4", "East"));
            refused(() -> job.publish(4), "are those of checkpoint 1, but the job had published checkpoint 3");
        }
        refused(
                () -> TestingJob.restore(tables.target(), latest).close(),
                "are those of checkpoint 1, but the job had published checkpoint 2");
    }

    @Test
    void aPublisherThatIsRestoredWithoutItsStateTakesNothingOver() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t1", "North"));
            job.publish(1);
        }
        TestingJob.Checkpoint without =
                new TestingJob.Checkpoint(1, OperatorSubtaskState.builder().build());
        assertThatThrownBy(() -> TestingJob.restore(tables.target(), without).close())
                .hasMessageContaining("holds no state of the publisher");
    }

    /** Refused for good, as only an operator can mend it; the tables are as they were, and others may publish. */
    private void refused(ThrowingCallable publication, String message) {
        List<String> before = tables.rows(STATE);
        Throwable refusal = catchThrowable(publication);
        assertThat(refusal).isInstanceOf(LineageException.class).hasStackTraceContaining(message);
        assertThat(ThrowableClassifier.getThrowableType(refusal)).isEqualTo(ThrowableType.NonRecoverableError);
        assertThat(tables.rows(STATE)).isEqualTo(before);
    }
}
