package io.retally.bench.probe;

import io.retally.devkit.stack.PostgresUrl;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.watch.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Takes one snapshot after the other until every table shows a probe. While PostgreSQL is away it asks again.
 *
 * <p>A snapshot is a repeatable-read transaction. Its first question is for the epoch; if that is one that was not judged yet,
 * the rows of the probe's subject are read, in every table. Two things are checked with each: the rows are all those without
 * the probe or all those with it; and they are with it exactly if the epoch stands for the probe's place in the log.
 */
public final class Reader implements AutoCloseable {
    private static final long PAUSE_MILLIS = 2;
    private static final long RETRY_MILLIS = 50;
    private static final int SILENCE_MILLIS = 10_000;
    private static final Executor SAME_THREAD = Runnable::run;

    private final PostgresUrl owner;
    private @Nullable Connection connection;
    private @Nullable ServedRows serving;

    /** @param owner may read schema staging, too, where the epoch's places in the logs are */
    public Reader(PostgresUrl owner) {
        this.owner = owner;
    }

    /**
     * A probe that every table shows.
     *
     * @param nanos when its snapshot was there, as of {@link System#nanoTime}; its rows were read after that
     */
    public record Seen(long epoch, long nanos) {}

    /** Throws StackException if a snapshot is wrong, or none shows the probe in time. */
    public Seen await(Probe probe, Appender.Sent sent, Duration patience) throws InterruptedException {
        long begin = System.nanoTime();
        long judged = -1;
        String refusal = "";
        while (System.nanoTime() - begin < patience.toNanos()) {
            try {
                Connection snapshots = connect();
                long epoch = epoch(snapshots);
                long nanos = System.nanoTime();
                if (epoch != judged) {
                    boolean shown = isShown(snapshots, probe, sent, epoch);
                    judged = epoch;
                    if (shown) {
                        snapshots.rollback();
                        return new Seen(epoch, nanos);
                    }
                }
                snapshots.rollback();
                Thread.sleep(PAUSE_MILLIS);
            } catch (SQLException e) {
                refusal = "; PostgreSQL said last: " + e.getMessage();
                disconnect();
                Thread.sleep(RETRY_MILLIS);
            }
        }
        throw new StackException(
                "'%s' is in no table after %d s%s".formatted(probe.kind().description(), patience.toSeconds(), refusal),
                "see the stack's logs; a load above what the machine can take does this");
    }

    private boolean isShown(Connection snapshot, Probe probe, Appender.Sent sent, long epoch)
            throws SQLException, InterruptedException {
        ServedRows served = serving;
        if (served == null) {
            served = new ServedRows(snapshot, "serving");
            serving = served;
        }
        boolean shown = probe.isShownBy(served.digests(snapshot, probe.subject()), epoch);
        if (shown || sent.written().isDone()) {
            RecordMetadata place = sent.place();
            boolean stoodFor = nextOffset(snapshot, place) > place.offset();
            if (shown != stoodFor) {
                throw new StackException(
                        "epoch %d %s '%s', but it %s for its place in the log, %s"
                                .formatted(
                                        epoch,
                                        shown ? "shows" : "does not show",
                                        probe.kind().description(),
                                        stoodFor ? "stands" : "does not stand",
                                        place),
                        "report this as a bug");
            }
        }
        return shown;
    }

    private static long epoch(Connection snapshot) throws SQLException {
        try (Statement statement = snapshot.createStatement();
                ResultSet row = statement.executeQuery("select epoch from serving.epoch")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static long nextOffset(Connection snapshot, RecordMetadata place) throws SQLException {
        try (PreparedStatement statement = snapshot.prepareStatement(
                "select next_offset from staging.source_position where topic = ? and partition = ?")) {
            statement.setString(1, place.topic());
            statement.setInt(2, place.partition());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private Connection connect() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = owner.connect();
            connection = current;
            current.setNetworkTimeout(SAME_THREAD, SILENCE_MILLIS);
            try (Statement statement = current.createStatement()) {
                statement.execute("set timezone = 'UTC'"); // the texts of times are compared
            }
            Snapshot.prepare(current);
        }
        return current;
    }

    private void disconnect() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                // It is gone already.
            }
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
