package io.retally.devkit.stack;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a stack is, at one moment.
 *
 * @param jobState null when the job manager does not answer
 * @param epoch null when nothing is published or PostgreSQL does not answer
 * @param assignmentsState of the job lesson-assignments; null in a stack without it
 * @param lag messages that are not published yet, by group of topics; null when the broker or PostgreSQL does not answer
 */
public record StackStatus(
        List<PartStatus> parts,
        @Nullable String jobState,
        long jobRestarts,
        @Nullable String lastException,
        @Nullable String assignmentsState,
        @Nullable Epoch epoch,
        @Nullable Map<String, Long> lag,
        @Nullable Map<String, Long> deadLetters) {

    private static final String RUNNING = "RUNNING";
    private static final String UNKNOWN = "UNKNOWN";

    /**
     * A process of the stack.
     *
     * @param pid null when it is down
     */
    public record PartStatus(Part part, @Nullable Long pid, String address) {
        public boolean isUp() {
            return pid != null;
        }
    }

    /**
     * What is published.
     *
     * @param sourceAge since the newest change that is in; null when none has a time
     */
    public record Epoch(long number, Duration age, @Nullable Duration sourceAge) {}

    public boolean isUp() {
        return !parts.isEmpty()
                && parts.stream().allMatch(PartStatus::isUp)
                && RUNNING.equals(jobState)
                && (assignmentsState == null || RUNNING.equals(assignmentsState));
    }

    public static StackStatus of(StackDir dir) {
        Optional<StackSettings> settings = StackSettings.find(dir);
        Optional<Endpoints> endpoints = Endpoints.find(dir);
        if (settings.isEmpty() || endpoints.isEmpty()) {
            return new StackStatus(List.of(), null, 0, null, null, null, null, null);
        }
        Endpoints known = endpoints.get();
        FlinkRest flink = new FlinkRest(known.flinkRest());
        String job = settings.get().job().id();
        String state = null;
        long restarts = 0;
        String exception = null;
        String assignments = settings.get().assignments() ? UNKNOWN : null;
        try {
            if (assignments != null) {
                assignments = flink.stateOfJobNamed(AssignmentsJob.JOB_NAME).orElse("LOST");
            }
            if (job != null) {
                state = flink.jobState(job).orElse("LOST");
                restarts = flink.restarts(job);
                exception = flink.lastException(job).orElse(null);
            }
        } catch (IOException e) {
            state = null;
        }
        Epoch epoch = null;
        Map<String, Long> lag = null;
        Map<String, Long> deadLetters = null;
        try (Connection connection = known.postgres().connect()) {
            epoch = epoch(connection);
            lag = Lag.messages(known.kafkaBootstrap(), connection);
        } catch (SQLException | Lag.Unknown e) {
            lag = null;
        }
        try {
            deadLetters = DeadLetters.byReason(known.kafkaBootstrap());
        } catch (Lag.Unknown e) {
            deadLetters = null;
        }
        return new StackStatus(
                parts(dir, settings.get(), known), state, restarts, exception, assignments, epoch, lag, deadLetters);
    }

    /** How the job has ended and why, if it has and nobody starts it again; empty also when the job manager does not answer. */
    public static Optional<String> endOfJob(StackDir dir) {
        Optional<String> job =
                StackSettings.find(dir).map(settings -> settings.job().id());
        Optional<Endpoints> endpoints = Endpoints.find(dir);
        if (job.isEmpty() || endpoints.isEmpty()) {
            return Optional.empty();
        }
        FlinkRest flink = new FlinkRest(endpoints.get().flinkRest());
        try {
            String state = flink.jobState(job.get()).orElse("LOST");
            return FlinkRest.isEnded(state)
                    ? Optional.of("the job is " + state + ": "
                            + flink.lastException(job.get()).orElse("no exception is known"))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** For people, in a line: what is down, what the job does, how old the published epoch is. */
    public String inALine() {
        List<String> facts = new ArrayList<>();
        parts.stream()
                .filter(part -> !part.isUp())
                .forEach(part -> facts.add(part.part().label() + " is down"));
        facts.add(jobState == null ? "the job manager does not answer" : "the job is " + jobState);
        if (lastException != null) {
            facts.add("its last exception: " + lastException);
        }
        Epoch published = epoch;
        facts.add(
                published == null
                        ? "PostgreSQL does not answer or has no epoch"
                        : "epoch " + published.number() + " was published "
                                + published.age().toSeconds() + " s ago");
        return String.join("; ", facts);
    }

    private static List<PartStatus> parts(StackDir dir, StackSettings settings, Endpoints endpoints) {
        Map<Part, String> addresses = new TreeMap<>();
        addresses.put(Part.KAFKA, endpoints.kafkaBootstrap());
        addresses.put(
                Part.POSTGRES,
                endpoints.postgres().host() + ":" + endpoints.postgres().port());
        addresses.put(Part.JOBMANAGER, endpoints.flinkRest());
        if (endpoints.mongodbUri() != null) {
            addresses.put(Part.MONGODB, endpoints.mongodbUri());
        }
        StackDown processes = new StackDown(dir);
        List<PartStatus> parts = new ArrayList<>();
        for (Part part : settings.parts()) {
            Long pid = processes.processesOf(part).stream()
                    .findFirst()
                    .map(ProcessHandle::pid)
                    .orElse(null);
            parts.add(new PartStatus(part, pid, addresses.getOrDefault(part, "")));
        }
        return parts;
    }

    private static @Nullable Epoch epoch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select epoch, (extract(epoch from now() - published_at) * 1000)::bigint,
                               (extract(epoch from now() - source_at) * 1000)::bigint
                        from serving.epoch""")) {
            if (!rows.next()) {
                return null;
            }
            Long sourceAge = rows.getObject(3, Long.class);
            return new Epoch(
                    rows.getLong(1),
                    Duration.ofMillis(rows.getLong(2)),
                    sourceAge == null ? null : Duration.ofMillis(sourceAge));
        }
    }
}
