package io.retally.devkit.stack;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The job lesson-assignments, in stacks that have it: beside the job that keeps the tables, from the same build, with checkpoints
 * in a folder of its own. What it knows goes with MongoDB's documents, which are in memory: it has no savepoints.
 */
public final class AssignmentsJob {
    static final String JOB_NAME = "lesson-assignments";
    static final int PARALLELISM = 1;

    /** Where job manager and task manager find the connection string. */
    private static final String MONGODB_URI = "RETALLY_MONGODB_URI";

    private static final String ENTRY_CLASS = "io.retally.jobs.assignments.LessonAssignmentsJob";

    private final StackDir dir;

    AssignmentsJob(StackDir dir) {
        this.dir = dir;
    }

    /** Whether the stack has it. */
    public static boolean isIn(StackDir dir) {
        return StackSettings.find(dir).map(StackSettings::assignments).orElse(false);
    }

    /** What the processes of Flink need in their environment. */
    static Map<String, String> environment(StackSettings settings, String mongodbUri) {
        return settings.assignments() ? Map.of(MONGODB_URI, mongodbUri) : Map.of();
    }

    /**
     * Submits it, to go on from its newest checkpoint, unless the job manager knows it; one that failed for good or was
     * cancelled is left as it is.
     *
     * @return the id of what was submitted
     */
    Optional<String> submitIfLost(FlinkRest flink, Endpoints endpoints, StackSettings settings) throws IOException {
        String build = settings.buildOfAssignments();
        if (build == null || flink.stateOfJobNamed(JOB_NAME).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(submit(flink, endpoints, build));
    }

    /**
     * Submits it, to go on from its newest checkpoint, unless it has not ended.
     *
     * @return the id of the job that is there now
     */
    String submitIfEnded(FlinkRest flink, Endpoints endpoints, String build) throws IOException {
        Optional<String> there = flink.unendedJob(JOB_NAME);
        return there.isPresent() ? there.get() : submit(flink, endpoints, build);
    }

    private String submit(FlinkRest flink, Endpoints endpoints, String build) throws IOException {
        return flink.run(
                flink.upload(new JobBuilds(dir).path(build)),
                ENTRY_CLASS,
                List.of("--kafka.bootstrap", endpoints.kafkaBootstrap(), "--topic.prefix", Topics.PREFIX),
                PARALLELISM,
                Snapshot.newestIn(dir.assignmentsCheckpoints()).orElse(null),
                Map.of("execution.checkpointing.dir", "file://" + dir.assignmentsCheckpoints()));
    }
}
