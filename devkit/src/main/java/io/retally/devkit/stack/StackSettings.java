package io.retally.devkit.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a `down`: the capture whose changes the data holds, the passwords that PostgreSQL knows, and the job.
 *
 * @param database {@link #EMBEDDED}, or the JDBC URL of the given one
 * @param job the job that keeps the tables
 * @param assignments whether lesson-assignments runs beside it
 * @param assignmentsBuild the build that lesson-assignments goes on with as it could not be restored with the job's; null: the job's
 */
record StackSettings(
        Capture capture,
        String database,
        String superuserPassword,
        String ownerPassword,
        String publisherPassword,
        String readerPassword,
        Instant startedAt,
        JobRecord job,
        boolean assignments,
        @Nullable String assignmentsBuild) {
    static final String EMBEDDED = "embedded";

    /** The parts that such a stack has, in the order of a change's way. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        if (capture == Capture.MONGODB) {
            parts.add(Part.MONGODB);
            parts.add(Part.CONNECT);
        }
        parts.addAll(List.of(Part.KAFKA, Part.JOBMANAGER, Part.TASKMANAGER));
        if (database.equals(EMBEDDED)) {
            parts.add(Part.POSTGRES);
        }
        parts.add(Part.KEEPER);
        return parts;
    }

    static StackSettings fresh(Capture capture, String database) {
        return new StackSettings(
                capture,
                database,
                password(),
                password(),
                password(),
                password(),
                Instant.now(),
                JobRecord.NONE,
                false,
                null);
    }

    StackSettings withAssignments(boolean now) {
        return new StackSettings(
                capture,
                database,
                superuserPassword,
                ownerPassword,
                publisherPassword,
                readerPassword,
                startedAt,
                job,
                now,
                assignmentsBuild);
    }

    StackSettings withAssignmentsBuild(@Nullable String now) {
        return new StackSettings(
                capture,
                database,
                superuserPassword,
                ownerPassword,
                publisherPassword,
                readerPassword,
                startedAt,
                job,
                assignments,
                now);
    }

    /** What lesson-assignments is submitted with; null before any job was. */
    @Nullable
    String buildOfAssignments() {
        return assignmentsBuild != null ? assignmentsBuild : job.build();
    }

    /** The slots that its jobs need when that which keeps the tables has so many. */
    int slots(int parallelism) {
        return parallelism + (assignments ? AssignmentsJob.PARALLELISM : 0);
    }

    StackSettings startedNow(Capture now) {
        return new StackSettings(
                now,
                database,
                superuserPassword,
                ownerPassword,
                publisherPassword,
                readerPassword,
                Instant.now(),
                job.startedNow(),
                assignments,
                null);
    }

    StackSettings withJob(JobRecord now) {
        return new StackSettings(
                capture,
                database,
                superuserPassword,
                ownerPassword,
                publisherPassword,
                readerPassword,
                startedAt,
                now,
                assignments,
                assignmentsBuild);
    }

    void write(StackDir dir) {
        Map<String, String> values = new HashMap<>();
        values.put("capture", capture.label());
        values.put("postgres", database);
        values.put("password.superuser", superuserPassword);
        values.put("password.owner", ownerPassword);
        values.put("password.publisher", publisherPassword);
        values.put("password.reader", readerPassword);
        values.put("started", startedAt.toString());
        job.addTo(values);
        if (assignments) {
            values.put("assignments", "true");
        }
        if (assignmentsBuild != null) {
            values.put("assignments.build", assignmentsBuild);
        }
        PropertiesFile.write(dir.settings(), values);
    }

    static Optional<StackSettings> find(StackDir dir) {
        if (!Files.exists(dir.settings())) {
            return Optional.empty();
        }
        try {
            Map<String, String> values = PropertiesFile.read(dir.settings());
            return Optional.of(new StackSettings(
                    Capture.ofLabel(PropertiesFile.required(values, "capture")),
                    PropertiesFile.required(values, "postgres"),
                    PropertiesFile.required(values, "password.superuser"),
                    PropertiesFile.required(values, "password.owner"),
                    PropertiesFile.required(values, "password.publisher"),
                    PropertiesFile.required(values, "password.reader"),
                    Instant.parse(PropertiesFile.required(values, "started")),
                    JobRecord.of(values),
                    values.containsKey("assignments"),
                    values.get("assignments.build")));
        } catch (IOException | RuntimeException e) {
            throw new StackException(
                    dir.settings() + " cannot be used: " + e.getMessage(),
                    "start afresh with `./retally up --fresh`",
                    e);
        }
    }

    private static String password() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
