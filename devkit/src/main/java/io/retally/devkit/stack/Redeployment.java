package io.retally.devkit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stops the job and submits it anew: another build or at another parallelism, from a savepoint; or from empty state. All else
 * goes on, and what is written meanwhile is read afterwards.
 *
 * <p>At no moment is it undecided what the job goes on from. The savepoint is the newest state when the job has stopped, so
 * whoever submits (this process, or the keeper if this process dies) takes it; and the keeper leaves the job alone while
 * this process holds the {@link JobLock}. A job that does not restore is replaced by the one before.
 */
public final class Redeployment {
    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(3);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(90);
    private static final Duration RESTORE_PATIENCE = Duration.ofMinutes(5);
    private static final Duration TELL_EACH = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final String LOST = "lost";
    /** One may be a database that is restarting; a state that does not fit fails every attempt. */
    private static final int FAILURES_OF_A_JOB_THAT_CANNOT_RESTORE = 3;

    private final StackDir dir;
    private final Home home;
    private final Progress progress;
    private final Endpoints endpoints;
    private final FlinkRest flink;
    private final JobSubmission submission;
    private final Launches launches;

    public Redeployment(StackDir dir, Home home, Progress progress) {
        this.dir = dir;
        this.home = home;
        this.progress = progress;
        this.endpoints = Endpoints.of(dir);
        this.flink = new FlinkRest(endpoints.flinkRest());
        this.submission = new JobSubmission(dir, home);
        this.launches = new Launches(dir, home);
    }

    /**
     * What was done.
     *
     * @param snapshot what the job goes on from: the savepoint, or its last checkpoint if it did not run
     * @param stoodStill between the last epoch of the job before and the first of the job now
     */
    public record Result(@Nullable Path snapshot, Duration stoodStill) {}

    /** Goes on with the project's build, in the keeper as well; so does lesson-assignments, in a stack that has it. */
    public Result upgrade() throws InterruptedException {
        StackSettings before = StackSettings.find(dir).orElseThrow();
        String build = new JobBuilds(dir).keep(home.jobJar());
        restartKeeper();
        Result result = redeploy(job -> job.withBuild(build));
        if (before.assignments()) {
            upgradeAssignments(Objects.requireNonNull(before.buildOfAssignments()), build);
        }
        return result;
    }

    /**
     * From its last checkpoint, as after a crash: it has no savepoints. While it is cancelled the keeper leaves it alone; were this
     * process to die then, another upgrade submits it.
     */
    private void upgradeAssignments(String before, String build) throws InterruptedException {
        Instant begin = Instant.now();
        try {
            String job = assignmentsOf(build);
            noteAssignmentsBuild(null);
            progress.done("assignments", Duration.between(begin, Instant.now()), "runs as " + job);
        } catch (Unrestored e) {
            progress.note("The job " + AssignmentsJob.JOB_NAME + " does not go on from there: " + e.getMessage());
            String next = "mend the build and run `./retally upgrade` again: it begins from its last checkpoint";
            try {
                // First, so that whoever submits it, should the job manager die now, takes this one.
                noteAssignmentsBuild(before);
                assignmentsOf(before);
            } catch (Unrestored again) {
                throw new StackException(
                        "neither does " + AssignmentsJob.JOB_NAME + " as it was before: " + again.getMessage()
                                + "; the tables go on",
                        next,
                        again);
            }
            throw new StackException(
                    "the job " + AssignmentsJob.JOB_NAME + " could not be restored (" + e.getMessage()
                            + "); it goes on as it was before, and the tables with the new build",
                    next,
                    e);
        }
    }

    /** What the keeper submits it with when the job manager has lost it; null: the job's build. */
    @SuppressWarnings("try") // the lock is held, not used
    private void noteAssignmentsBuild(@Nullable String build) throws InterruptedException {
        try (JobLock lock = lock()) { // the keeper writes the settings, too
            StackSettings.find(dir).orElseThrow().withAssignmentsBuild(build).write(dir);
        }
    }

    private String assignmentsOf(String build) throws InterruptedException, Unrestored {
        AssignmentsJob assignments = new AssignmentsJob(dir);
        String[] job = {""};
        new Readiness().await(Part.JOBMANAGER, null, ANSWER_PATIENCE, () -> {
            flink.unendedJob(AssignmentsJob.JOB_NAME).ifPresent(running -> job[0] = running);
            return true;
        });
        if (!job[0].isEmpty()) {
            cancel(job[0]);
        }
        @Nullable String[] refused = {null};
        new Readiness().await(Part.JOBMANAGER, null, ANSWER_PATIENCE, () -> {
            try {
                job[0] = assignments.submitIfEnded(flink, endpoints, build);
            } catch (FlinkRest.Refused e) {
                refused[0] = e.getMessage();
            }
            return true;
        });
        if (refused[0] != null) {
            throw new Unrestored(refused[0]);
        }
        awaitRestored(job[0]);
        return job[0];
    }

    /** Goes on at another parallelism; the task manager gets as many slots, two at least. */
    public Result rescale(int parallelism) throws InterruptedException {
        return redeploy(job -> job.withParallelism(parallelism));
    }

    @SuppressWarnings("try") // the lock is held, not used
    private Result redeploy(UnaryOperator<JobRecord> change) throws InterruptedException {
        try (JobLock lock = lock()) {
            StackSettings before = StackSettings.find(dir).orElseThrow();
            Published last = published().orElse(new Published(0, Instant.now()));
            note(before, before.job().asRedeploying(true));
            end(before);
            last = published().orElse(last);
            StackSettings now = note(before, change.apply(before.job()).asRedeploying(true));
            Optional<Snapshot> snapshot = Snapshot.newest(dir);
            try {
                submit(now);
            } catch (Unrestored e) {
                goBack(before, e);
            }
            Published first = awaitLater(last);
            return new Result(snapshot.map(Snapshot::path).orElse(null), Duration.between(last.at(), first.at()));
        }
    }

    /**
     * Begins from empty state and reads the logs from the beginning. The tables stay as they are until the job has read as far as
     * they stand for, and are replaced in one step; this returns then. Whoever dies meanwhile, it goes on.
     *
     * @return how long it took
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Duration rebuild() throws InterruptedException {
        Instant begin = Instant.now();
        Path replaced = dir.replacedState(begin);
        Optional<UUID> before = lineage();
        beginAnew(replaced);
        awaitTakeOver(before);
        try (JobLock lock = lock()) {
            StackSettings settings = StackSettings.find(dir).orElseThrow();
            note(settings, settings.job().asRebuilding(false));
        }
        StackDir.removeTree(replaced);
        return Duration.between(begin, Instant.now());
    }

    @SuppressWarnings("try") // the lock is held, not used
    private void beginAnew(Path replaced) throws InterruptedException {
        try (JobLock lock = lock()) {
            StackSettings before = StackSettings.find(dir).orElseThrow();
            StackSettings now = note(before, before.job().asRedeploying(true).asRebuilding(true));
            String job = before.job().id();
            if (job != null) {
                cancel(job);
            }
            // Its checkpoints count from one again: what is there would pass for newer.
            move(dir.flink(), replaced);
            try {
                submit(now);
            } catch (Unrestored e) {
                move(replaced, dir.flink());
                goBack(before, e);
            }
        }
    }

    private void move(Path from, Path to) {
        try {
            Files.createDirectories(to);
            for (Path state : List.of(dir.checkpoints(), dir.savepoints())) {
                Path source = from.resolve(state.getFileName());
                Path target = to.resolve(state.getFileName());
                if (Files.exists(source)) {
                    StackDir.removeTree(target);
                    Files.move(source, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move the job's state from " + from + " to " + to, e);
        }
    }

    private Optional<UUID> lineage() {
        try (Connection connection = endpoints.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select lineage from staging.publication")) {
            return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
        } catch (SQLException e) {
            throw new StackException("PostgreSQL does not answer: " + e.getMessage(), "see `./retally status`", e);
        }
    }

    private void awaitTakeOver(Optional<UUID> before) throws InterruptedException {
        Instant begin = Instant.now();
        Instant told = begin;
        while (true) {
            try {
                if (!lineage().equals(before)) {
                    break;
                }
                if (Duration.between(told, Instant.now()).compareTo(TELL_EACH) > 0) {
                    told = Instant.now();
                    tellHowFar();
                }
            } catch (StackException e) {
                // It is away for a while: the job goes on when it is back.
            }
            StackStatus.endOfJob(dir).ifPresent(end -> {
                throw new StackException(
                        "the job has ended: " + end,
                        "mend it and run `./retally rebuild` again; the tables are as before");
            });
            Thread.sleep(POLL.toMillis());
        }
        progress.done("tables", Duration.between(begin, Instant.now()), "replaced in one step");
    }

    private void tellHowFar() {
        try (Connection connection = endpoints.postgres().connect()) {
            progress.note("  %,d messages to read until the tables are replaced"
                    .formatted(Lag.behindTables(endpoints.kafkaBootstrap(), JobSubmission.JOB_NAME, connection)));
        } catch (SQLException | Lag.Unknown e) {
            progress.note("  how far it has read cannot be asked: " + e.getMessage());
        }
    }

    private JobLock lock() throws InterruptedException {
        Instant end = Instant.now().plus(LOCK_PATIENCE);
        while (true) {
            Optional<JobLock> lock = JobLock.tryTake(dir);
            if (lock.isPresent()) {
                return lock.get();
            }
            if (Instant.now().isAfter(end)) {
                throw new StackException(
                        "another command, or the keeper, is about to submit the job",
                        "see `./retally status`, and run it again");
            }
            Thread.sleep(50);
        }
    }

    private StackSettings note(StackSettings settings, JobRecord job) {
        StackSettings now = settings.withJob(job);
        now.write(dir);
        return now;
    }

    /** The job runs no more when this returns; with a savepoint if it ran. */
    private void end(StackSettings settings) throws InterruptedException {
        String job = settings.job().id();
        String state = state(job);
        if (job == null || state.equals(LOST) || FlinkRest.isEnded(state)) {
            progress.note("The job is " + state + ": it goes on from its last checkpoint or savepoint.");
            return;
        }
        if (!state.equals("RUNNING")) {
            progress.note("The job is " + state + " and can take no savepoint: it goes on from its last checkpoint.");
            cancel(job);
            return;
        }
        try {
            Savepoints.Taken taken = new Savepoints(dir, flink).stop(job);
            progress.done("savepoint", taken.took(), taken.path().toString());
        } catch (StackException e) {
            // It failed, and the job goes on. (Were that not known, the keeper would submit the job if it has ended.)
            note(settings, settings.job());
            throw e;
        }
    }

    private String state(@Nullable String job) {
        try {
            return job == null ? LOST : flink.jobState(job).orElse(LOST);
        } catch (IOException e) {
            throw new StackException("the job manager does not answer: " + e.getMessage(), "see `./retally status`", e);
        }
    }

    private void cancel(String job) throws InterruptedException {
        new Readiness().await(Part.JOBMANAGER, null, ANSWER_PATIENCE, () -> {
            String state = flink.jobState(job).orElse(LOST);
            if (state.equals(LOST) || FlinkRest.isEnded(state)) {
                return true;
            }
            flink.cancel(job);
            return false;
        });
    }

    /** The job could not go on from what it was given. */
    private static final class Unrestored extends Exception {
        private static final long serialVersionUID = 1;

        Unrestored(String reason) {
            super(reason);
        }
    }

    /** Submits, and returns when the job has completed a checkpoint of its own. */
    private void submit(StackSettings settings) throws InterruptedException, Unrestored {
        Instant begin = Instant.now();
        offerSlots(settings.slots(submission.parallelism(settings.job())));
        @Nullable String[] unrestored = {null};
        String[] job = {""};
        new Readiness().await(Part.JOBMANAGER, null, ANSWER_PATIENCE, () -> {
            try {
                job[0] = String.valueOf(submission
                        .submit(flink, endpoints.kafkaBootstrap(), endpoints.postgres(), settings)
                        .job()
                        .id());
            } catch (FlinkRest.Refused e) {
                unrestored[0] = e.getMessage();
            }
            return true;
        });
        if (unrestored[0] != null) {
            throw new Unrestored(unrestored[0]);
        }
        awaitRestored(job[0]);
        progress.done("job", Duration.between(begin, Instant.now()), "runs as " + job[0]);
    }

    /** It has completed a checkpoint of its own when this returns, or is cancelled if it is of no use. */
    private void awaitRestored(String job) throws InterruptedException, Unrestored {
        @Nullable String[] unrestored = {null};
        new Readiness().await(Part.JOBMANAGER, null, RESTORE_PATIENCE, () -> {
            String state = flink.jobState(job).orElse(LOST);
            if (FlinkRest.isEnded(state) || flink.failures(job) >= FAILURES_OF_A_JOB_THAT_CANNOT_RESTORE) {
                unrestored[0] = flink.lastException(job).orElse("the job is " + state);
                return true;
            }
            return flink.completedCheckpoints(job) > 0;
        });
        if (unrestored[0] != null) {
            cancel(job);
            throw new Unrestored(unrestored[0]);
        }
    }

    /** The keeper starts the task manager again, with what is written down. */
    private void offerSlots(int slots) throws InterruptedException {
        FlinkConf conf = FlinkConf.read(home.flinkConf());
        try {
            if (!launches.changeSlots(conf, slots)) {
                return;
            }
        } catch (IOException e) {
            throw new StackException(
                    "the task manager's launch cannot be read: " + e.getMessage(), "run `up` again", e);
        }
        Instant begin = Instant.now();
        new StackDown(dir).end(Part.TASKMANAGER);
        int offered = Launches.slotsFor(conf, slots);
        // Not one more: as long as those of the task manager before count, the job would be given them.
        new Readiness().await(Part.TASKMANAGER, null, ANSWER_PATIENCE, () -> flink.slots() == offered);
        progress.done("slots", Duration.between(begin, Instant.now()), offered + " in the task manager");
    }

    private void goBack(StackSettings before, Unrestored failure) throws InterruptedException {
        progress.note("The job does not go on from there: " + failure.getMessage());
        Path snapshot = Snapshot.newest(dir).map(Snapshot::path).orElse(null);
        StackSettings back = note(before, before.job().asRedeploying(true));
        try {
            submit(back);
        } catch (Unrestored e) {
            throw new StackException(
                    "neither does the job as it was before: " + e.getMessage() + "; what they begin from is "
                            + snapshot,
                    "mend the build and run `./retally upgrade` again: it begins from there",
                    e);
        }
        throw new StackException(
                "the job could not be restored (" + failure.getMessage() + "); it goes on as it was before, from "
                        + snapshot,
                "mend the build and run it again; nothing is lost, and the savepoint stays until you remove it",
                failure);
    }

    private record Published(long epoch, Instant at) {}

    private Optional<Published> published() {
        try (Connection connection = endpoints.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select epoch, published_at from serving.epoch")) {
            return row.next()
                    ? Optional.of(new Published(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant()))
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private Published awaitLater(Published last) throws InterruptedException {
        Published[] first = {last};
        new Readiness().await(Part.POSTGRES, null, RESTORE_PATIENCE, () -> {
            first[0] = published().orElse(last);
            return first[0].epoch() > last.epoch();
        });
        return first[0];
    }

    /** Its class path is the project's, which was built anew under it. */
    private void restartKeeper() {
        new StackDown(dir).end(Part.KEEPER);
        Launch keeper = launches.keeper();
        keeper.save(dir);
        keeper.start(dir);
    }
}
