package io.retally.devkit.stack;

import io.retally.devkit.connect.ConnectRest;
import io.retally.devkit.connect.ConnectorSettings;
import io.retally.devkit.connect.ConnectorState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part `keeper`: starts again what died, as an orchestrator does, and the connector when it has failed; and hands the job
 * to a new job manager, to go on from the newest checkpoint or savepoint. `down` ends it first. Argument: the stack's folder.
 */
public final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(4);
    /** A part that lived so long is well: its next death is no sequel of the last. */
    private static final Duration WELL = Duration.ofMinutes(1);

    private static final Duration ROUND = Duration.ofMillis(250);
    /** Connect's and Flink's answers cost more than a look at the processes costs us. */
    private static final Duration REST_ROUND = Duration.ofSeconds(1);

    private final StackDir dir;
    private final Map<Part, Deaths> deaths = new EnumMap<>(Part.class);
    private String lastRefusal = "";
    private String lastRefusalOfAssignments = "";
    private @Nullable ConnectRest connect;
    private Deaths connectorFailures = Deaths.NONE;
    private String lastOfConnector = "";

    private Keeper(StackDir dir) {
        this.dir = dir;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Keeper keeper = new Keeper(new StackDir(Path.of(arguments[0])));
        // Beside the rounds: to hand over a job may take a minute, in which other parts may die.
        beside("jobs", keeper::resubmitLostJob, ROUND);
        beside("assignments", keeper::resubmitLostAssignments, REST_ROUND);
        beside("connector", keeper::restartFailedConnector, REST_ROUND);
        forEver(keeper::restartTheDead, ROUND);
    }

    private static void beside(String name, Runnable round, Duration pause) {
        Thread thread = new Thread(
                () -> {
                    try {
                        forEver(round, pause);
                    } catch (InterruptedException e) {
                        // The process ends.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void forEver(Runnable round, Duration pause) throws InterruptedException {
        while (true) {
            round.run();
            Thread.sleep(pause.toMillis());
        }
    }

    private void restartTheDead() {
        for (Part part : Part.values()) {
            boolean dead =
                    ProcessId.read(dir.pid(part)).filter(id -> !id.isAlive()).isPresent();
            if (part.survivesRestart() && dead && Files.exists(dir.launch(part))) {
                restart(part);
            }
        }
    }

    private void restart(Part part) {
        Instant now = Instant.now();
        Deaths earlier = deaths.getOrDefault(part, Deaths.NONE);
        if (now.isBefore(earlier.notBefore())) {
            return;
        }
        Deaths counted = earlier.another(now);
        deaths.put(part, counted);
        try {
            Process process = Launch.load(dir, part).start(dir);
            LOG.warn("{} had died and was started again as process {}", part.label(), process.pid());
        } catch (IOException | RuntimeException e) {
            LOG.error("{} had died and cannot be started again", part.label(), e);
        }
    }

    /** What Debezium can retry it retries by itself; a task that has given up stays so until somebody starts it again. */
    private void restartFailedConnector() {
        Instant now = Instant.now();
        if (connect == null) {
            connect = Endpoints.find(dir)
                    .map(Endpoints::connectRest)
                    .map(address -> new ConnectRest(URI.create(address)))
                    .orElse(null);
        }
        if (connect == null || now.isBefore(connectorFailures.notBefore())) {
            return;
        }
        try {
            String name = ConnectorSettings.read(Home.find().connector()).name();
            Optional<ConnectorState> failed = connect.state(name).filter(ConnectorState::hasFailed);
            if (failed.isEmpty()) {
                return;
            }
            connectorFailures = connectorFailures.another(now);
            connect.restartFailed(name);
            sayOfConnector("the connector " + name + " has failed and is started again: "
                    + failed.get().cause());
        } catch (IOException | RuntimeException e) {
            // Mostly only that its worker is down, or is joining its group.
            sayOfConnector("the connector cannot be asked for or started again: " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayOfConnector(String line) {
        if (!line.equals(lastOfConnector)) {
            LOG.warn(line);
            lastOfConnector = line;
        }
    }

    /** A refused connection comes without a message. */
    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /**
     * Submits a job that the job manager does not know, as one that started anew knows none; it waits for the task manager
     * itself. And one that was stopped for another, if who did that died before it submitted that. A job that failed for good
     * or was cancelled is left as it is.
     */
    private void resubmitLostJob() {
        try (JobLock lock = JobLock.tryTake(dir).orElse(null)) {
            Optional<Endpoints> endpoints = Endpoints.find(dir);
            Optional<StackSettings> settings = StackSettings.find(dir);
            if (lock == null || endpoints.isEmpty() || settings.isEmpty()) {
                return;
            }
            JobRecord job = settings.get().job();
            FlinkRest flink = new FlinkRest(endpoints.get().flinkRest());
            if (job.id() == null || !isToBeSubmitted(job, flink.jobState(job.id()))) {
                return;
            }
            StackSettings now = new JobSubmission(dir, Home.find())
                    .submit(
                            flink,
                            endpoints.get().kafkaBootstrap(),
                            endpoints.get().postgres(),
                            settings.get());
            LOG.warn(
                    "the job {} was gone: it goes on as {}", job.id(), now.job().id());
            lastRefusal = "";
        } catch (IOException | RuntimeException e) {
            // Mostly only that it does not answer yet.
            String refusal = reason(e);
            if (!refusal.equals(lastRefusal)) {
                LOG.warn("the job cannot be asked for or handed over: {}", refusal);
                lastRefusal = refusal;
            }
        }
    }

    /** Nobody else submits it once the stack is up. */
    private void resubmitLostAssignments() {
        try {
            Optional<Endpoints> endpoints = Endpoints.find(dir);
            Optional<StackSettings> settings = StackSettings.find(dir).filter(StackSettings::assignments);
            if (endpoints.isEmpty() || settings.isEmpty()) {
                return;
            }
            FlinkRest flink = new FlinkRest(endpoints.get().flinkRest());
            new AssignmentsJob(dir)
                    .submitIfLost(flink, endpoints.get(), settings.get())
                    .ifPresent(job -> LOG.warn("the job {} was gone: it goes on as {}", AssignmentsJob.JOB_NAME, job));
            lastRefusalOfAssignments = "";
        } catch (IOException | RuntimeException e) {
            // Mostly only that it does not answer yet.
            if (!reason(e).equals(lastRefusalOfAssignments)) {
                lastRefusalOfAssignments = reason(e);
                LOG.warn(
                        "the job {} cannot be asked for or handed over: {}",
                        AssignmentsJob.JOB_NAME,
                        lastRefusalOfAssignments);
            }
        }
    }

    /**
     * Whether a job has to be submitted again.
     *
     * @param state empty when the job manager does not know it
     */
    static boolean isToBeSubmitted(JobRecord job, Optional<String> state) {
        return state.map(known -> job.redeploying() && FlinkRest.isEnded(known)).orElse(true);
    }

    /** Deaths of a part in a row, each followed by twice the delay of the one before. */
    private record Deaths(Instant last, Duration delay) {
        static final Deaths NONE = new Deaths(Instant.EPOCH, Duration.ZERO);

        Instant notBefore() {
            return last.plus(delay);
        }

        Deaths another(Instant now) {
            boolean first = Duration.between(last, now).compareTo(WELL) > 0;
            Duration doubled = delay.isZero() ? FIRST_DELAY : delay.multipliedBy(2);
            Duration next = doubled.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : doubled;
            return new Deaths(now, first ? FIRST_DELAY : next);
        }
    }
}
