package io.retally.jobs.postgres;

import static io.retally.jobs.postgres.TestingRows.team;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An epoch says which prefix of every log it stands for, and how new its newest change is. */
class SourcePositionsITCase {

    @RegisterExtension
    final TestingTables tables = new TestingTables();

    private List<String> positions() {
        return tables.rows(
                "select topic, partition, next_offset from staging.source_position order by topic, partition");
    }

    private List<String> sourceAt() {
        return tables.rows("select source_at at time zone 'UTC' from serving.epoch");
    }

    @Test
    void arePublishedWithTheRowsThatTheyStandFor() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.read("teams", 0, 4, 5);
            job.read("teams", 1, 7, 5);
            job.publish(1);
            job.read("teams", 1, 9, 5);
            job.read("contacts", 0, 1, 5);
            job.write(team("t1", "North"));
            job.barrier(2);
            assertThat(positions()).containsExactly("teams|0|4", "teams|1|7");
            assertThat(tables.whilePublicationWaitsFor("serving.epoch", () -> job.complete(2), () -> {
                        assertThat(tables.teams()).isEmpty();
                        assertThat(positions()).containsExactly("teams|0|4", "teams|1|7");
                    }))
                    .succeedsWithin(Duration.ofMinutes(1));
            assertThat(tables.teams()).containsExactly("t1|North");
            assertThat(positions()).containsExactly("contacts|0|1", "teams|0|4", "teams|1|9");
        }
    }

    @Test
    void areRolledBackWithThem() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.read("teams", 0, 4, 5);
            job.publish(1);
            job.read("teams", 0, 9, 6);
            job.barrier(2);
            assertThat(tables.whilePublicationWaitsFor("serving.epoch", () -> job.complete(2), tables::killPublication))
                    .failsWithin(Duration.ofMinutes(1));
            assertThat(positions()).containsExactly("teams|0|4");
        }
    }

    @Test
    void ofSeveralReadersAndEpochsTheFurthestCounts() throws Exception {
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.read("teams", 0, 4, 7);
            job.barrier(1);
            job.read("teams", 0, 9, 6);
            job.read("teams", 1, 2, 3);
            job.publish(2);
            assertThat(positions()).containsExactly("teams|0|9", "teams|1|2");
        }
    }

    @Test
    void theNewestChangeIsTheNewestOfAll() throws Exception {
        TestingJob.Checkpoint checkpoint;
        try (TestingJob job = TestingJob.start(tables.target())) {
            job.read("teams", 0, 1, Long.MIN_VALUE);
            job.publish(1);
            assertThat(sourceAt()).containsExactly("null");
            // Long before the Gregorian calendar began: no two calendars are mixed up.
            job.read("teams", 0, 2, Instant.parse("1000-01-01T00:00:00Z").toEpochMilli());
            job.publish(2);
            assertThat(sourceAt()).containsExactly("1000-01-01 00:00:00");
            job.read("teams", 0, 3, Instant.parse("2026-01-31T23:59:59.999Z").toEpochMilli());
            job.read("teams", 1, 1, Instant.parse("2025-01-01T00:00:00Z").toEpochMilli());
            checkpoint = job.publish(3);
        }
        try (TestingJob job = TestingJob.restore(tables.target(), checkpoint)) {
            job.read("teams", 1, 2, Instant.parse("2025-01-02T00:00:00Z").toEpochMilli());
            job.publish(4);
            assertThat(sourceAt()).containsExactly("2026-01-31 23:59:59.999");
        }
    }
}
