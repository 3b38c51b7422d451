package io.retally.devkit.stack;

import io.retally.devkit.connect.ConnectRest;
import io.retally.devkit.connect.ConnectorSettings;
import io.retally.devkit.connect.ConnectorState;
import io.retally.sql.MigrationException;
import io.retally.sql.Migrations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Starts a stack: the parts side by side, then the job; done when the first epoch is published. What fails leaves its logs,
 * and the caller ends what runs.
 */
public final class StackUp {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration JOB_PATIENCE = Duration.ofMinutes(3);

    private final StackDir dir;
    private final Home home;
    private final UpOptions options;
    private final Progress progress;
    private final Readiness readiness = new Readiness();
    private final Launches launches;
    private final Addresses addresses;
    private boolean givenUp;

    public StackUp(StackDir dir, Home home, UpOptions options, Progress progress) {
        this.dir = dir;
        this.home = home;
        this.options = options;
        this.progress = progress;
        this.launches = new Launches(dir, home);
        this.addresses = Addresses.choose(options);
    }

    /**
     * Starts all, to go on from the newest checkpoint or savepoint if the folder has one.
     *
     * @param mayEmpty without one, tables that hold something may be emptied
     */
    public Endpoints start(StackSettings settings, boolean mayEmpty) throws InterruptedException {
        home.jobJar(); // said before anything is started
        settings.write(dir);
        PostgresUrl owner = addresses.owner(options, settings);
        PostgresUrl publisher = owner.as(Logins.PUBLISHER, settings.publisherPassword());
        StackDir.writePrivately(dir.pgpass(), publisher.pgpassLine() + "\n");
        Endpoints endpoints = new Endpoints(
                options.capture() == Capture.MONGODB ? addresses.mongodbUri() : null,
                options.capture() == Capture.MONGODB ? addresses.connectRest() : null,
                addresses.kafkaBootstrap(),
                owner,
                owner.as(Logins.READER, settings.readerPassword()),
                addresses.flinkRest());

        inParallel(List.of(
                named(Part.POSTGRES, () -> startPostgres(owner, settings, mayEmpty)),
                named(Part.KAFKA, this::startKafkaAndCapture),
                named(Part.JOBMANAGER, () -> startFlink(settings))));

        endpoints.write(dir);
        submit(endpoints, settings);
        if (settings.assignments()) {
            submitAssignments(endpoints);
        }
        launch(launches.keeper());
        return endpoints;
    }

    private static Callable<@Nullable Void> named(Part part, Callable<@Nullable Void> start) {
        return () -> {
            try {
                return start.call();
            } catch (RuntimeException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new PartFailure(part, "did not start: " + e.getMessage(), e);
            }
        };
    }

    private void inParallel(List<Callable<@Nullable Void>> starts) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(starts.size());
        try {
            CompletionService<@Nullable Void> completion = new ExecutorCompletionService<>(threads);
            starts.forEach(completion::submit);
            for (int ended = 0; ended < starts.size(); ended++) {
                Future<@Nullable Void> start = completion.take();
                start.get();
            }
        } catch (ExecutionException e) {
            giveUp();
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private @Nullable Void startPostgres(PostgresUrl owner, StackSettings settings, boolean mayEmpty) throws Exception {
        Instant begin = Instant.now();
        if (options.postgres() == null) {
            progress.began("postgres");
            Path ready = dir.data(Part.POSTGRES).resolve(PostgresHost.READY);
            Files.deleteIfExists(ready);
            Process process = launch(launches.postgres(addresses.postgres(), settings));
            // Another server on this port, or ours before it asks for passwords, would answer as well.
            readiness.await(Part.POSTGRES, process, PATIENCE, () -> Files.exists(ready));
            readiness.await(Part.POSTGRES, process, PATIENCE, () -> answers(owner));
            done("postgres", begin, owner.host() + ":" + owner.port());
        } else {
            PostgresChecks.reachable(owner);
        }
        Instant migration = Instant.now();
        progress.began("schema");
        int applied = migrate(owner);
        if (Snapshot.newest(dir).isEmpty() && !settings.job().rebuilding()) {
            PostgresChecks.emptyOrEmptied(owner, mayEmpty);
        }
        Logins.create(owner, settings.publisherPassword(), settings.readerPassword());
        done("schema", migration, applied + " migrations applied");
        return null;
    }

    private static int migrate(PostgresUrl owner) {
        try {
            return Migrations.migrate(owner.jdbc(), owner.user(), owner.password());
        } catch (MigrationException e) {
            throw new StackException(
                    owner + " cannot be migrated: " + e.getMessage(), "give an empty database and its owner", e);
        }
    }

    private static boolean answers(PostgresUrl url) throws SQLException {
        try (Connection connection = url.connect()) {
            return connection.isValid(1);
        }
    }

    private @Nullable Void startKafkaAndCapture() throws Exception {
        Instant begin = Instant.now();
        progress.began("kafka");
        Process kafka =
                launch(launches.kafka(addresses.kafka(), addresses.kafkaReached(), addresses.kafkaController()));
        Process mongodb = null;
        if (options.capture() == Capture.MONGODB) {
            progress.began("mongodb");
            mongodb = launch(launches.mongodb(addresses.mongodb()));
        }
        readiness.await(Part.KAFKA, kafka, PATIENCE, () -> Ports.listens(addresses.kafka()));
        readiness.await(Part.KAFKA, kafka, PATIENCE, () -> {
            Topics.create(addresses.kafkaBootstrap());
            return true;
        });
        done("kafka", begin, addresses.kafkaBootstrap());
        if (mongodb != null) {
            readiness.await(Part.MONGODB, mongodb, PATIENCE, () -> Ports.listens(addresses.mongodb()));
            done("mongodb", begin, "127.0.0.1:" + addresses.mongodb());
            startConnect();
        }
        return null;
    }

    private void startConnect() throws IOException, InterruptedException {
        Instant begin = Instant.now();
        progress.began("connect");
        ConnectorSettings connector = ConnectorSettings.read(home.connector());
        Process process =
                launch(launches.connect(addresses.kafkaBootstrap(), addresses.connect(), addresses.mongodbUri()));
        ConnectRest connect = new ConnectRest(URI.create(addresses.connectRest()));
        readiness.await(Part.CONNECT, process, PATIENCE, connect::isReady);
        // A worker that has just come up answers slowly or is still joining its group; the same settings again do no
        // harm.
        readiness.await(Part.CONNECT, process, PATIENCE, () -> {
            connect.register(connector);
            return true;
        });
        readiness.await(Part.CONNECT, process, PATIENCE, () -> {
            ConnectorState state = connect.state(connector.name()).orElseThrow();
            if (state.hasFailed()) {
                throw new PartFailure(Part.CONNECT, "has the connector failed: " + state.cause(), null);
            }
            return state.isRunning();
        });
        done("connect", begin, "connector " + connector.name());
    }

    private @Nullable Void startFlink(StackSettings settings) throws Exception {
        int slots = settings.slots(new JobSubmission(dir, home).parallelism(settings.job()));
        Map<String, String> environment = AssignmentsJob.environment(settings, addresses.mongodbUri());
        Instant begin = Instant.now();
        progress.began("flink");
        FlinkConf conf = FlinkConf.read(home.flinkConf());
        Duration epoch = options.epoch(); // null: as the configuration says
        Process jobManager = launch(launches.jobManager(conf, addresses.flinkRestPort(), addresses.flinkRpc(), epoch)
                .with(environment));
        Process taskManager =
                launch(launches.taskManager(conf, addresses.flinkRestPort(), addresses.flinkRpc(), epoch, slots)
                        .with(environment));
        FlinkRest flink = new FlinkRest(addresses.flinkRest());
        readiness.await(Part.JOBMANAGER, jobManager, PATIENCE, () -> flink.slots() >= 0);
        readiness.await(Part.TASKMANAGER, taskManager, PATIENCE, () -> flink.slots() > 0);
        done("flink", begin, addresses.flinkRest());
        return null;
    }

    private void submit(Endpoints endpoints, StackSettings settings) throws InterruptedException {
        Instant begin = Instant.now();
        progress.began("job");
        FlinkRest flink = new FlinkRest(endpoints.flinkRest());
        String job = submitted(flink, endpoints, settings);
        try (Connection connection = endpoints.postgres().connect()) {
            readiness.await(Part.TASKMANAGER, null, JOB_PATIENCE, () -> {
                String state = flink.jobState(job).orElse("lost");
                if (state.equals("FAILED") || state.equals("CANCELED")) {
                    throw new PartFailure(
                            Part.JOBMANAGER,
                            "has the job " + state + ": "
                                    + flink.lastException(job).orElse("no exception is known"),
                            null);
                }
                if (flink.completedCheckpoints(job) > 0 && PostgresChecks.hasEpoch(connection)) {
                    return true;
                }
                throw new IOException("no epoch is published; "
                        + flink.lastException(job).orElse("the job is " + state + " without an exception"));
            });
        } catch (SQLException e) {
            throw new StackException("PostgreSQL does not answer any more: " + e.getMessage(), "see its log", e);
        }
        done("job", begin, "first epoch published");
    }

    private void submitAssignments(Endpoints endpoints) throws InterruptedException {
        Instant begin = Instant.now();
        progress.began("assignments");
        FlinkRest flink = new FlinkRest(endpoints.flinkRest());
        AssignmentsJob assignments = new AssignmentsJob(dir);
        // With the build that the job before has been submitted with.
        StackSettings settings = StackSettings.find(dir).orElseThrow();
        AtomicReference<@Nullable String> job = new AtomicReference<>();
        readiness.await(Part.JOBMANAGER, null, JOB_PATIENCE, () -> {
            assignments.submitIfLost(flink, endpoints, settings).ifPresent(job::set);
            String submitted = job.get();
            if (submitted == null) { // the answer came too late: the job is there all the same
                submitted = flink.unendedJob(AssignmentsJob.JOB_NAME).orElseThrow();
                job.set(submitted);
            }
            String state = flink.jobState(submitted).orElse("lost");
            if (FlinkRest.isEnded(state)) {
                throw new PartFailure(
                        Part.JOBMANAGER,
                        "has the job " + AssignmentsJob.JOB_NAME + " " + state + ": "
                                + flink.lastException(submitted).orElse("no exception is known"),
                        null);
            }
            return flink.completedCheckpoints(submitted) > 0;
        });
        done("assignments", begin, "first checkpoint complete");
    }

    private String submitted(FlinkRest flink, Endpoints endpoints, StackSettings settings) throws InterruptedException {
        JobSubmission submission = new JobSubmission(dir, home);
        AtomicReference<String> job = new AtomicReference<>("");
        readiness.await(Part.JOBMANAGER, null, PATIENCE, () -> {
            try {
                job.set(Objects.requireNonNull(submission
                        .submit(flink, endpoints.kafkaBootstrap(), endpoints.postgres(), settings)
                        .job()
                        .id()));
                return true;
            } catch (HttpTimeoutException e) {
                throw e; // asked again: a job that is there already is not submitted twice
            } catch (IOException e) {
                throw new PartFailure(Part.JOBMANAGER, "did not take the job: " + e.getMessage(), e);
            }
        });
        return Objects.requireNonNull(job.get());
    }

    /** From here on nothing is started any more, so that what runs can be ended. */
    synchronized void giveUp() {
        givenUp = true;
        readiness.giveUp();
    }

    private synchronized Process launch(Launch launch) throws InterruptedException {
        if (givenUp) {
            throw new InterruptedException("the start was given up");
        }
        launch.save(dir);
        return launch.start(dir);
    }

    private void done(String step, Instant begin, String detail) {
        progress.done(step, Duration.between(begin, Instant.now()), detail);
    }
}
