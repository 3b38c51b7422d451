package io.retally.bench.query;

import io.retally.devkit.stack.StackException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An engine that works answers out of the documents when it is asked. */
interface Peer extends AutoCloseable {
    /** How long an answer is waited for. */
    Duration PATIENCE = Duration.ofMinutes(2);

    /** Its name in the JSON, and of its folder of SQL. */
    String name();

    /** What it is, with its version. */
    String description();

    /**
     * The rows of an answer.
     *
     * @param now a time in UTC, as {@code 2026-01-31 23:59:59.123456}
     * @throws TimeoutException if there is none after {@link #PATIENCE}; another question can be asked then
     */
    List<@Nullable Object[]> ask(Asking asking, String now) throws SQLException, TimeoutException;

    @Override
    void close() throws SQLException;

    /** Of a peer that cannot be what it has to be. */
    static StackException unusable(String peer, String why) {
        return new StackException(peer + " cannot be measured: " + why, "leave it out with --only, or mend it");
    }
}
