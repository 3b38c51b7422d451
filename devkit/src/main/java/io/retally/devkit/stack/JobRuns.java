package io.retally.devkit.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Runs jobs one after the other on the cluster of a stack that is up, for measurements. From then on nobody starts again what
 * ends: the stack has no keeper any more.
 */
public final class JobRuns {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    private final StackDir dir;
    private final Home home;
    private final Endpoints endpoints;
    private final FlinkRest flink;

    private JobRuns(StackDir dir, Home home, Endpoints endpoints) {
        this.dir = dir;
        this.home = home;
        this.endpoints = endpoints;
        this.flink = new FlinkRest(endpoints.flinkRest());
    }

    /**
     * Ends the keeper and the job, and starts the cluster again with the jobs' classes on its own class path. Flink loads a
     * submitted jar's classes anew for each job, and the JVM compiles them anew: a job that runs for months does so once, and a
     * measurement of one that runs for a minute is of the compiler.
     *
     * @param jars whose jobs will run, beside `rep-progress`
     */
    public static JobRuns takeOver(StackDir dir, Home home, Endpoints endpoints, List<Path> jars)
            throws IOException, InterruptedException {
        StackDown down = new StackDown(dir);
        down.end(Part.KEEPER);
        JobRuns runs = new JobRuns(dir, home, endpoints);
        runs.cancel(Objects.requireNonNull(
                StackSettings.find(dir).orElseThrow().job().id(), "a stack that is up has submitted its job"));
        down.end(Part.TASKMANAGER);
        down.end(Part.JOBMANAGER);
        List<Path> added = new ArrayList<>(jars);
        added.add(home.jobJar());
        for (Part part : List.of(Part.JOBMANAGER, Part.TASKMANAGER)) {
            Process process = Launch.load(dir, part).ofFlinkWithJobs(added).start(dir);
            int slotsAtLeast = part == Part.JOBMANAGER ? 0 : 1;
            new Readiness().await(part, process, PATIENCE, () -> runs.flink.slots() >= slotsAtLeast);
        }
        return runs;
    }

    /**
     * When a job ran, by the clock of this machine.
     *
     * @param end of a job that has not ended: {@link Instant#MAX}
     */
    public record Times(Instant running, Instant end) {}

    /** Submits `rep-progress` without any state, to fill emptied tables from the beginning of the logs; returns its id. */
    public String submitRepProgress() throws IOException, SQLException {
        emptyTables();
        StackSettings settings = new JobSubmission(dir, home)
                .submit(
                        flink,
                        endpoints.kafkaBootstrap(),
                        endpoints.postgres(),
                        StackSettings.find(dir).orElseThrow());
        return Objects.requireNonNull(settings.job().id());
    }

    /** Forgets all changes in the logs, for a run with others. No job may be running. */
    public void emptyLogs() throws InterruptedException {
        try {
            Topics.empty(endpoints.kafkaBootstrap());
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("the broker did not empty the logs", "read " + dir.log(Part.KAFKA), e);
        }
    }

    private void emptyTables() throws IOException, SQLException {
        PostgresChecks.emptyOrEmptied(endpoints.postgres(), true);
        StackDir.removeTree(dir.checkpoints());
        StackDir.removeTree(dir.savepoints());
    }

    /**
     * Submits a job that fills emptied tables as `rep-progress` does; returns its id. Its arguments are Kafka's address, the
     * topics' prefix, PostgreSQL's JDBC URL and the publisher's login.
     */
    public String submitPublishing(Path jar, String entryClass, String topicPrefix) throws IOException, SQLException {
        emptyTables();
        return submit(
                jar,
                entryClass,
                List.of(
                        endpoints.kafkaBootstrap(),
                        topicPrefix,
                        endpoints.postgres().jdbc(),
                        Logins.PUBLISHER));
    }

    /** Submits another job; returns its id. */
    public String submit(Path jar, String entryClass, List<String> arguments) throws IOException {
        int parallelism = new JobSubmission(dir, home)
                .parallelism(StackSettings.find(dir).orElseThrow().job());
        return flink.run(flink.upload(jar), entryClass, arguments, parallelism, null);
    }

    /** Throws if the job has failed, or was restarted: what is measured is one run without any fault. */
    public void requireWell(String job) throws IOException {
        String state = flink.jobState(job).orElse("lost");
        if (state.equals("FAILED") || state.equals("lost") || flink.failures(job) > 0) {
            throw new StackException(
                    "the job " + job + " is " + state + ": "
                            + flink.lastException(job).orElse("no exception is known"),
                    "read " + dir.log(Part.TASKMANAGER));
        }
    }

    public Times times(String job) throws IOException {
        FlinkRest.JobTimes times = flink.times(job);
        return new Times(
                Instant.ofEpochMilli(times.running()),
                times.end() < 0 ? Instant.MAX : Instant.ofEpochMilli(times.end()));
    }

    /** Waits for a bounded job; from then on what it has counted is known, too. */
    public Times awaitFinished(String job, Duration patience) throws IOException, InterruptedException {
        awaitState(job, "FINISHED", patience);
        Times times = times(job);
        while (times.end()
                .equals(Instant.MAX)) { // an answer of the time before: the job manager keeps them for some seconds
            Thread.sleep(POLL.toMillis());
            times = times(job);
        }
        return times;
    }

    /** What the job has counted in the accumulator of this name. */
    public long counted(String job, String accumulator) throws IOException {
        return flink.counted(job, accumulator);
    }

    /** Returns when the job has ended. */
    public void cancel(String job) throws IOException, InterruptedException {
        flink.cancel(job);
        awaitState(job, "CANCELED", PATIENCE);
    }

    private void awaitState(String job, String state, Duration patience) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (!flink.jobState(job).orElse("lost").equals(state)) {
            requireWell(job);
            if (Instant.now().isAfter(end)) {
                throw new StackException(
                        "the job " + job + " is not " + state + " after " + patience,
                        "read " + dir.log(Part.TASKMANAGER));
            }
            Thread.sleep(POLL.toMillis());
        }
    }
}
