package io.retally.devkit.chaos;

import io.retally.core.document.Collection;
import io.retally.devkit.load.changes.MalformedMessages;
import io.retally.devkit.load.destination.RawMessages;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.PostgresUrl;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackDown;
import io.retally.devkit.stack.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does what a {@link Schedule} says. What lasts is undone in the end, also when its thread is interrupted. */
final class Faults {
    private static final int BURST = 60;
    private static final long SLOWEST_BYTES_PER_SECOND = 16 << 10;
    private static final Duration REPLAYED = Duration.ofMinutes(1);
    /** A publication comes every epoch, unless other faults keep it away. */
    private static final Duration UNTIL_PUBLICATION = Duration.ofSeconds(15);

    private final StackDir dir;
    private final PostgresUrl owner;
    private final String kafka;
    private final Network network;
    private final ChaosLoad load;
    private final JumpingClock clock;
    private final ConnectorHistory connector;
    private final @Nullable PostgresDisk disk;

    /**
     * @param owner reaches PostgreSQL itself, not through the network
     * @param disk null if no fault is about it
     */
    Faults(
            StackDir dir,
            PostgresUrl owner,
            String kafka,
            Network network,
            ChaosLoad load,
            JumpingClock clock,
            ConnectorHistory connector,
            @Nullable PostgresDisk disk) {
        this.dir = dir;
        this.owner = owner;
        this.kafka = kafka;
        this.network = network;
        this.load = load;
        this.clock = clock;
        this.connector = connector;
        this.disk = disk;
    }

    /**
     * Strikes, and returns when the fault is over.
     *
     * @return false if it could not be done as things were: a part was dead already, PostgreSQL did not answer
     */
    boolean strike(Schedule.Fault fault) throws IOException, InterruptedException {
        Duration lasts = Duration.ofMillis(fault.lastsMillis());
        Random dice = new Random(fault.dice());
        try {
            return switch (fault.kind()) {
                case KILL_TASKMANAGER, KILL_JOBMANAGER, KILL_KAFKA, KILL_POSTGRES, KILL_CONNECT ->
                    kill(fault.kind().part());
                case PAUSE_TASKMANAGER, PAUSE_JOBMANAGER, PAUSE_KAFKA, PAUSE_POSTGRES, PAUSE_CONNECT, PAUSE_MONGODB ->
                    pause(fault.kind().part(), lasts);
                case POSTGRES_BEFORE_PUBLISH -> killBeforePublication();
                case LOCK_TABLE -> lockTable(dice, lasts);
                case DEADLOCK -> deadlock();
                case NO_CONNECTIONS -> takeAllConnections(lasts);
                case DISK_FULL -> fillDisk(lasts);
                case SLOW_POSTGRES -> slowPostgres(dice, lasts);
                case CUT_POSTGRES -> network.to(Part.POSTGRES).cut() > 0;
                case CUT_KAFKA -> network.to(Part.KAFKA).cut() > 0;
                case REPLAY -> connector.goBack(REPLAYED);
                case OVERTAKE -> holdBack(dice, lasts);
                case HOSTILE -> sendHostileMessages(fault.dice());
                case CLOCK_JUMP -> jump(dice);
            };
        } catch (SQLException e) {
            return false;
        }
    }

    private boolean kill(Part part) {
        List<ProcessHandle> processes = new StackDown(dir).processesOf(part);
        processes.forEach(ProcessHandle::destroyForcibly);
        return !processes.isEmpty();
    }

    private boolean pause(Part part, Duration lasts) throws IOException, InterruptedException {
        List<ProcessHandle> processes = new StackDown(dir).processesOf(part);
        if (processes.isEmpty()) {
            return false;
        }
        try {
            signal("-STOP", processes);
            Thread.sleep(lasts.toMillis());
        } finally {
            signal("-CONT", processes);
        }
        return true;
    }

    /** Lets every part of a stack go on that was paused. */
    static void resumeAll(StackDir dir) {
        StackDown processes = new StackDown(dir);
        for (Part part : Part.values()) {
            try {
                signal("-CONT", processes.processesOf(part));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.stream().filter(ProcessHandle::isAlive).forEach(process -> command.add(Long.toString(process.pid())));
        if (command.size() > 2) {
            new ProcessBuilder(command).redirectErrorStream(true).start();
        }
    }

    /** The publisher's first step is to lock the row of its last publication: who holds it knows that the next one is due. */
    private boolean killBeforePublication() throws SQLException, InterruptedException {
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table staging.publication in access exclusive mode");
            return someoneWaitsFor("staging.publication") && kill(Part.POSTGRES);
        }
    }

    private boolean lockTable(Random dice, Duration lasts) throws SQLException, InterruptedException {
        List<String> tables = List.of("rep_program", "rep_lesson", "program_summary", "contact", "epoch");
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Readers go on reading.
            statement.execute("set local lock_timeout = '10s'");
            statement.execute("lock table serving." + tables.get(dice.nextInt(tables.size())) + " in exclusive mode");
            Thread.sleep(lasts.toMillis());
            return true;
        }
    }

    /** Holds what a publication comes to last, and then wants what it has taken first. */
    private boolean deadlock() throws SQLException, InterruptedException {
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local lock_timeout = '10s'");
            statement.execute("lock table serving.epoch in exclusive mode");
            if (!someoneWaitsFor("serving.epoch")) {
                return false;
            }
            statement.execute("lock table staging.publication in access exclusive mode");
            return true;
        } catch (SQLException e) {
            boolean deadlocked = "40P01".equals(e.getSQLState()); // it was this side that PostgreSQL ended
            if (!deadlocked) {
                throw e;
            }
            return true;
        }
    }

    private boolean someoneWaitsFor(String table) throws SQLException, InterruptedException {
        long giveUp = System.nanoTime() + UNTIL_PUBLICATION.toNanos();
        try (Connection connection = owner.connect();
                var statement = connection.prepareStatement(
                        "select exists (select from pg_locks where relation = ?::regclass and not granted)")) {
            statement.setString(1, table);
            while (System.nanoTime() < giveUp) {
                try (var row = statement.executeQuery()) {
                    if (row.next() && row.getBoolean(1)) {
                        return true;
                    }
                }
                Thread.sleep(20);
            }
        }
        return false;
    }

    private boolean takeAllConnections(Duration lasts) throws SQLException, InterruptedException {
        List<Connection> taken = new ArrayList<>();
        try {
            network.to(Part.POSTGRES).cut();
            long end = System.nanoTime() + lasts.toNanos();
            boolean full = false;
            while (System.nanoTime() < end) {
                try {
                    taken.add(owner.connect());
                } catch (SQLException e) {
                    full |= "53300".equals(e.getSQLState()); // too many connections
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
            return full;
        } finally {
            for (Connection connection : taken) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    // PostgreSQL has ended it
                }
            }
        }
    }

    private boolean fillDisk(Duration lasts) throws IOException, InterruptedException {
        PostgresDisk full = Objects.requireNonNull(disk);
        try {
            full.fill();
            Thread.sleep(lasts.toMillis());
        } finally {
            full.free();
        }
        return true;
    }

    private boolean slowPostgres(Random dice, Duration lasts) throws InterruptedException {
        TcpProxy way = network.to(Part.POSTGRES);
        way.limit(SLOWEST_BYTES_PER_SECOND << dice.nextInt(4));
        try {
            Thread.sleep(lasts.toMillis());
        } finally {
            way.unlimit();
        }
        return true;
    }

    private boolean holdBack(Random dice, Duration lasts) throws InterruptedException {
        Collection collection = Collection.values()[dice.nextInt(Collection.values().length)];
        if (!load.hold(collection)) {
            return false;
        }
        try {
            Thread.sleep(lasts.toMillis());
        } finally {
            load.letGo(collection);
        }
        return true;
    }

    private boolean sendHostileMessages(long seed) {
        try (RawMessages messages = new RawMessages(kafka)) {
            new MalformedMessages(Topics.PREFIX, seed)
                    .first(BURST)
                    .forEach(message -> messages.send(
                            Topics.live(message.collection().collectionName()), message.key(), message.value()));
            byte[] key = ("{\"id\":\"\\\"hostile-" + seed + "\\\"\"}").getBytes(StandardCharsets.UTF_8);
            String topic = Topics.live(Collection.CONTACTS.collectionName());
            messages.send(topic, key, bytes("[".repeat(200_000)));
            messages.send(topic, key, bytes("{\"a\":".repeat(100_000)));
            messages.send(topic, key, bytes("{\"op\":\"c\",\"after\":\"" + "x".repeat(2_000_000) + "\"}"));
            messages.send(topic, bytes("{\"id\":\"".repeat(10_000)), bytes("{\"op\":\"d\",\"after\":null}"));
            messages.flush();
        }
        return true;
    }

    private boolean jump(Random dice) {
        clock.jump(Duration.ofDays(dice.nextInt(40_000) - 20_000));
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
