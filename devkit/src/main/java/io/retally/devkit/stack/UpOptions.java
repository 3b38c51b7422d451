package io.retally.devkit.stack;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What kind of stack to start.
 *
 * @param postgres the owner of an existing database; null: an embedded one
 * @param epoch null: as flink-conf says
 * @param fresh forget what the folder and the database hold
 * @param rebuild forget the job's state and read the logs from the beginning; the tables stay as they are until it has caught up
 * @param assignments run lesson-assignments beside rep-progress; needs MongoDB
 * @param usualPorts whether 5432, 9092 and the like are taken while they are free. One whose parts are killed should leave
 *     them alone: who comes meanwhile takes them
 * @param detour of those who reach Kafka or the embedded PostgreSQL
 */
public record UpOptions(
        Capture capture,
        @Nullable PostgresUrl postgres,
        @Nullable Duration epoch,
        boolean fresh,
        boolean rebuild,
        boolean assignments,
        boolean usualPorts,
        Detour detour) {

    public UpOptions(Capture capture, @Nullable PostgresUrl postgres, @Nullable Duration epoch, boolean fresh) {
        this(capture, postgres, epoch, fresh, true, Detour.NONE);
    }

    public UpOptions(
            Capture capture,
            @Nullable PostgresUrl postgres,
            @Nullable Duration epoch,
            boolean fresh,
            boolean usualPorts,
            Detour detour) {
        this(capture, postgres, epoch, fresh, false, false, usualPorts, detour);
    }

    public UpOptions rebuilding() {
        return new UpOptions(capture, postgres, epoch, fresh, true, assignments, usualPorts, detour);
    }

    public UpOptions withAssignments() {
        return new UpOptions(capture, postgres, epoch, fresh, rebuild, true, usualPorts, detour);
    }

    String database() {
        PostgresUrl given = postgres;
        return given == null ? StackSettings.EMBEDDED : given.jdbc();
    }
}
