package io.retally.jobs.postgres;

import static io.retally.jobs.postgres.TestingRows.noTeam;
import static io.retally.jobs.postgres.TestingRows.team;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row that changes several times before it is published: in one chunk, in several, in several epochs. */
class ChunksITCase {

    private static final int MAX_WAITING = 50_000;

    @RegisterExtension
    final TestingTables tables = new TestingTables();

    /** What happens between two versions of a row. */
    enum Between {
        NOTHING,
        A_CHUNK,
        A_FAILED_CHECKPOINT
    }

    static Stream<Arguments> histories() {
        // The row is there and has value a, or (none) is not there; - deletes it.
        return Stream.of(
                        "a: b", "a: -", "a: b -", "a: - b", "a: - b -", "a: b - c", "none: a", "none: a -", "none: - a")
                .flatMap(history -> Arrays.stream(Between.values()).map(between -> Arguments.of(history, between)));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void theLastVersionCounts(String history, Between between) throws Exception {
        String before = history.substring(0, history.indexOf(':'));
        List<String> versions =
                List.of(history.substring(history.indexOf(':') + 2).split(" "));
        try (TestingJob job = TestingJob.start(tables.target()).startWriter()) {
            long checkpoint = 1;
            job.write(team("other", "other"));
            if (!before.equals("none")) {
                job.write(team("t", before));
            }
            job.publish(checkpoint++);
            for (String version : versions) {
                job.write(version.equals("-") ? noTeam("t") : team("t", version));
                switch (between) {
                    case NOTHING -> {}
                    case A_CHUNK -> job.stage();
                    case A_FAILED_CHECKPOINT -> job.barrier(checkpoint++);
                }
            }
            job.publish(checkpoint);
            String last = versions.get(versions.size() - 1);
            assertThat(tables.teams())
                    .isEqualTo(last.equals("-") ? List.of("other|other") : List.of("other|other", "t|" + last));
            assertThat(tables.staged()).isEmpty();
            assertThat(tables.epoch()).isEqualTo(2);
        }
    }

    @Test
    void ofAChunkTheLastVersionAloneIsStaged() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.write(team("t", "a"), noTeam("t"), team("t", "b"));
            job.stage();
            assertThat(tables.rows("select deleted, name from staging.team")).containsExactly("f|b");
        }
    }

    @Test
    void aChunkIsStagedWhenManyRowsWait() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            for (int i = 1; i < MAX_WAITING; i++) {
                job.write(team("t" + i, "a"));
            }
            assertThat(tables.rows("select count(*) from staging.team")).containsExactly("0");
            job.write(team("t" + MAX_WAITING, "a"));
            assertThat(tables.rows("select count(*) from staging.team")).containsExactly("" + MAX_WAITING);
            job.write(noTeam("t1"));
            job.publish(1);
            assertThat(tables.rows("select count(*), min(team_id) from serving.team"))
                    .containsExactly(MAX_WAITING - 1 + "|t10");
        }
    }

    /** Else a few thousand documents of MongoDB's 16 MB would be more than there is memory. */
    @Test
    void aChunkIsStagedWhenFewLargeRowsWait() throws Exception {
        String name = "n".repeat(5_000_000);
        try (TestingJob job = TestingJob.start(tables.target())) {
            for (int version = 0; version < 20; version++) {
                job.write(team("t", name + version));
            }
            for (String id : List.of("u", "v", "w")) {
                job.write(team(id, name));
            }
            assertThat(tables.rows("select count(*) from staging.team"))
                    .as("one version of four rows")
                    .containsExactly("0");
            job.write(team("x", name));
            assertThat(tables.rows("select count(*) from staging.team")).containsExactly("5");
        }
    }
}
