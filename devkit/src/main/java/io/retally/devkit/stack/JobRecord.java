package io.retally.devkit.stack;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is noted down of a stack's job, under the {@link JobLock}.
 *
 * @param id of the job submitted last; null before the first submission
 * @param build file name of the jar that it runs; null: what the project's build has left
 * @param parallelism null: as Flink's configuration says
 * @param redeploying it is being stopped for another to go on: if it has ended and nobody holds the lock, who did it died
 * @param rebuilding it began from empty state and leaves the tables as they are until it has read as far as they stand for
 */
record JobRecord(
        @Nullable String id,
        @Nullable String build,
        @Nullable Integer parallelism,
        boolean redeploying,
        boolean rebuilding) {
    static final JobRecord NONE = new JobRecord(null, null, null, false, false);

    /** Submitted and noted: nothing is being redeployed any more. */
    JobRecord submitted(String newId) {
        return new JobRecord(newId, build, parallelism, false, rebuilding);
    }

    JobRecord asRedeploying(boolean now) {
        return new JobRecord(id, build, parallelism, now, rebuilding);
    }

    JobRecord withBuild(@Nullable String name) {
        return new JobRecord(id, name, parallelism, redeploying, rebuilding);
    }

    JobRecord withParallelism(@Nullable Integer slots) {
        return new JobRecord(id, build, slots, redeploying, rebuilding);
    }

    JobRecord asRebuilding(boolean now) {
        return new JobRecord(id, build, parallelism, redeploying, now);
    }

    /** Of a stack that starts anew: no job, the project's build, the parallelism that it was given. */
    JobRecord startedNow() {
        return new JobRecord(null, null, parallelism, false, rebuilding);
    }

    void addTo(Map<String, String> values) {
        if (id != null) {
            values.put("job", id);
        }
        if (build != null) {
            values.put("job.build", build);
        }
        if (parallelism != null) {
            values.put("job.parallelism", parallelism.toString());
        }
        if (redeploying) {
            values.put("job.redeploying", "true");
        }
        if (rebuilding) {
            values.put("job.rebuilding", "true");
        }
    }

    static JobRecord of(Map<String, String> values) {
        String parallelism = values.get("job.parallelism");
        return new JobRecord(
                values.get("job"),
                values.get("job.build"),
                parallelism == null ? null : Integer.valueOf(parallelism),
                values.containsKey("job.redeploying"),
                values.containsKey("job.rebuilding"));
    }
}
