package io.retally.devkit.chaos;

import io.retally.devkit.connect.ConnectRest;
import io.retally.devkit.load.RateLimit;
import io.retally.devkit.load.generated.Size;
import io.retally.devkit.stack.Capture;
import io.retally.devkit.stack.Detour;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.PostgresUrl;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackDown;
import io.retally.devkit.stack.StackStatus;
import io.retally.devkit.stack.UpOptions;
import io.retally.devkit.verify.Verification;
import io.retally.devkit.watch.Violation;
import io.retally.devkit.watch.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run: a stack of its own under load is broken as a {@link Schedule} says, and checked after each round and at the end, while
 * a reader looks for contradictions all the time. At last the same changes are made to a second stack that nothing happens to:
 * both must publish the same rows.
 */
public final class Chaos {
    private static final String CONNECTOR = "retally-mongodb";
    private static final int REPS = 60;
    private static final int PROGRAMS = 3;
    private static final Duration HEALING = Duration.ofSeconds(60);

    private final Settings settings;
    private final StackDir dir;
    private final Starter starter;
    private final Listener listener;
    private final Report report = new Report();

    /**
     * What a run is to do.
     *
     * @param changesPerSecond of the load
     * @param calmRun whether the final tables are compared with those of a run without faults
     */
    public record Settings(long seed, int minutes, List<FaultKind> kinds, double changesPerSecond, boolean calmRun) {
        public Settings {
            kinds = List.copyOf(kinds);
        }

        Size company() {
            return new Size(REPS, PROGRAMS, (long) (changesPerSecond * 60 * minutes * 2));
        }

        CompanyInTurmoil changes() {
            return new CompanyInTurmoil(seed, company());
        }
    }

    /** Starts a stack, or throws. */
    public interface Starter {
        Endpoints start(StackDir dir, UpOptions options) throws Exception;
    }

    /** Hears how it goes; from several threads. */
    public interface Listener {
        /** Something has happened that stays worth knowing. */
        void say(String line);

        /** What is being done now. */
        void doing(String step);
    }

    public Chaos(Settings settings, StackDir dir, Starter starter, Listener listener) {
        this.settings = settings;
        this.dir = dir;
        this.starter = starter;
        this.listener = listener;
    }

    /** Returns what was found; nothing of the stacks is left running. */
    public Report run() throws Exception {
        Path chaotic = dir.root().resolve("tables").resolve("chaotic");
        long steps;
        PostgresDisk disk = mountDisk();
        try {
            steps = breakStack(disk, chaotic);
        } finally {
            stop(dir);
        }
        if (settings.calmRun()) {
            compareWithCalmRun(steps, chaotic);
        }
        return report;
    }

    /** Ends a stack's processes, paused ones included, and takes its disk away. */
    public static void stop(StackDir dir) {
        Faults.resumeAll(dir);
        new StackDown(dir).stop(part -> {});
        try {
            PostgresDisk.unmount(dir.data(Part.POSTGRES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable PostgresDisk mountDisk() {
        if (!settings.kinds().contains(FaultKind.DISK_FULL)) {
            return null;
        }
        Optional<PostgresDisk> disk = PostgresDisk.mount(dir.data(Part.POSTGRES));
        if (disk.isEmpty()) {
            listener.say("This user cannot mount a file system: " + FaultKind.DISK_FULL.label() + " is left out.");
        }
        return disk.orElse(null);
    }

    private long breakStack(@Nullable PostgresDisk disk, Path tables) throws Exception {
        List<FaultKind> kinds = new ArrayList<>(settings.kinds());
        if (disk == null) {
            kinds.remove(FaultKind.DISK_FULL);
        }
        Schedule schedule = Schedule.of(settings.seed(), settings.minutes(), kinds);
        JumpingClock clock = new JumpingClock();
        try (Network network = new Network()) {
            Endpoints endpoints = starter.start(dir, new UpOptions(Capture.MONGODB, null, null, true, false, network));
            Watch.Source reader = () -> endpoints.postgresReader().connect();
            Watch watch = new Watch(reader, new Told());
            ConnectRest connect = new ConnectRest(URI.create(Objects.requireNonNull(endpoints.connectRest())));
            try (ChaosLoad load = new ChaosLoad(
                            endpoints, settings.changes(), RateLimit.perSecond(settings.changesPerSecond()), clock);
                    ConnectorHistory history = new ConnectorHistory(connect, CONNECTOR);
                    Recovery recovery = new Recovery(
                            Objects.requireNonNull(endpoints.mongodbUri()),
                            reader,
                            () -> StackStatus.endOfJob(dir).isPresent())) {
                Faults faults = new Faults(
                        dir,
                        direct(endpoints, network),
                        endpoints.kafkaBootstrap(),
                        network,
                        load,
                        clock,
                        history,
                        disk);
                load.start();
                listener.doing("waiting for the connector");
                history.awaitFirst();
                CompletableFuture<Watch.Figures> watching = inThread(watch);
                int number = 1;
                for (Schedule.Round round : schedule.rounds()) {
                    storm(
                            round.storm(),
                            faults,
                            load,
                            "round %d of %d".formatted(number, schedule.rounds().size()));
                    history.run();
                    recovered(recovery, "after the storm");
                    for (FaultKind kill : round.kills()) {
                        killOne(kill, faults, recovery);
                        load.throwFailure();
                    }
                    verify(new Verification(endpoints, this::doing), "calm " + number++);
                }
                long steps = load.stop();
                recovery.end();
                verifyAtTheEnd(new Verification(endpoints, this::doing), endpoints);
                try (Connection connection = endpoints.postgres().connect()) {
                    report.rows(ServedTables.write(connection, tables));
                }
                watch.stop();
                report.watched(watching.join());
                return steps;
            } finally {
                watch.stop();
            }
        }
    }

    /** Faults that need PostgreSQL itself do not go the way that they break. */
    private static PostgresUrl direct(Endpoints endpoints, Network network) {
        PostgresUrl url = endpoints.postgres();
        return new PostgresUrl(
                url.user(),
                url.password(),
                url.host(),
                network.to(Part.POSTGRES).target(),
                url.database());
    }

    private void doing(String step, int done, int total) {
        listener.doing(total > 1 ? "%s (%d of %d)".formatted(step, done, total) : step);
    }

    private static CompletableFuture<Watch.Figures> inThread(Watch watch) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return watch.run(null);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    private void storm(List<Schedule.Fault> storm, Faults faults, ChaosLoad load, String round) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        long begin = System.nanoTime();
        try {
            for (Schedule.Fault fault : storm) {
                long wait = fault.atMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                Thread.sleep(Math.max(0, wait));
                load.throwFailure();
                listener.doing("%s, storm: %s, %,d changes so far"
                        .formatted(round, fault.kind().label(), load.taken()));
                threads.execute(() -> struck(fault, faults));
            }
        } finally {
            threads.shutdownNow();
        }
        if (!threads.awaitTermination(HEALING.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("a fault does not end");
        }
        listener.say("%s: a storm of %d faults in %d s"
                .formatted(round, storm.size(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)));
    }

    private void struck(Schedule.Fault fault, Faults faults) {
        try {
            report.fault(fault.kind(), faults.strike(fault));
        } catch (InterruptedException e) {
            report.fault(fault.kind(), true); // the storm was over before it
        } catch (Exception e) {
            boolean over = Thread.currentThread().isInterrupted() || e.getCause() instanceof InterruptedException;
            report.fault(fault.kind(), over);
            if (!over) {
                listener.say(fault.kind().label() + " could not be done: " + e);
            }
        }
    }

    private void killOne(FaultKind kill, Faults faults, Recovery recovery) throws Exception {
        listener.doing("waiting for calm before " + kill.label());
        if (recovery.awaitCalm().isEmpty()) {
            nothingComesThrough("before " + kill.label()); // which may heal it, and would hide it
        }
        listener.doing("single " + kill.label());
        report.fault(kill, faults.strike(new Schedule.Fault(0, kill, 0, 0)));
        recovered(recovery, kill.label()).ifPresent(took -> report.recovered(kill.part(), took));
    }

    private Optional<Duration> recovered(Recovery recovery, String from) throws InterruptedException {
        Optional<Duration> took = recovery.await();
        if (took.isEmpty()) {
            nothingComesThrough(from);
        } else {
            listener.say(String.format(
                    Locale.ROOT, "  %s: fresh again in %.1f s", from, took.get().toMillis() / 1000.0));
        }
        return took;
    }

    private void nothingComesThrough(String when) {
        report.problem("no change was published any more " + when + ": "
                + StackStatus.endOfJob(dir).orElseGet(() -> StackStatus.of(dir).inALine()));
    }

    private void verify(Verification verification, String when) throws Exception {
        listener.doing(when + ": verifying");
        judge(verification.fromLogs(), when);
    }

    private void verifyAtTheEnd(Verification verification, Endpoints endpoints) throws Exception {
        judge(verification.fromMongo(Objects.requireNonNull(endpoints.mongodbUri())), "end, from MongoDB");
        judge(verification.fromLogs(), "end, from the logs");
    }

    private void judge(Verification.Result result, String when) {
        report.verified(result, when);
        listener.say("  %s: %s".formatted(when, result.isEqual() ? "every table is equal" : "NOT EQUAL")
                + result.deadLetters()
                        .map(letters -> letters.isExact()
                                ? ", %,d dead letters each once".formatted(letters.expected())
                                : ", dead letters: " + letters)
                        .orElse(""));
    }

    private void compareWithCalmRun(long steps, Path chaotic) throws Exception {
        StackDir calmDir = new StackDir(dir.root().resolve("calm"));
        Path calm = dir.root().resolve("tables").resolve("calm");
        listener.say("The same %,d changes without faults:".formatted(steps));
        try {
            Endpoints endpoints =
                    starter.start(calmDir, new UpOptions(Capture.MONGODB, null, null, true, false, Detour.NONE));
            listener.doing("calm run: loading");
            try (ChaosLoad load = new ChaosLoad(endpoints, settings.changes(), RateLimit.none(), Clock.systemUTC())) {
                load.writeFirst(steps);
            }
            judge(
                    new Verification(endpoints, this::doing).fromMongo(Objects.requireNonNull(endpoints.mongodbUri())),
                    "calm run");
            try (Connection connection = endpoints.postgres().connect()) {
                ServedTables.write(connection, calm);
            }
        } finally {
            stop(calmDir);
        }
        report.calmRun(steps, ServedTables.difference(chaotic, calm));
    }

    /** Judged at the end; a violation is told at once, for who looks for its cause in the logs. */
    private final class Told implements Watch.Listener {
        @Override
        public void violation(long epoch, Violation violation) {
            listener.say("VIOLATION in epoch " + epoch + ": not true that " + violation.claim() + "; first: "
                    + violation.first());
        }

        @Override
        public void round(Watch.Figures figures) {}

        @Override
        public void interruption(String reason) {}
    }
}
