package io.retally.devkit.stack;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What kind of stack to start.
 *
 * @param postgres the owner of an existing database; null: an embedded one
 * @param epoch null: as flink-conf says
 * @param fresh forget what the folder and the database hold
 * @param detour of those who reach Kafka or the embedded PostgreSQL
 */
public record UpOptions(
        Capture capture,
        @Nullable PostgresUrl postgres,
        @Nullable Duration epoch,
        boolean fresh,
        Detour detour) {

    public UpOptions(Capture capture, @Nullable PostgresUrl postgres, @Nullable Duration epoch, boolean fresh) {
        this(capture, postgres, epoch, fresh, Detour.NONE);
    }

    String database() {
        PostgresUrl given = postgres;
        return given == null ? StackSettings.EMBEDDED : given.jdbc();
    }
}
