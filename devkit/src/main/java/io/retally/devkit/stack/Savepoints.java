package io.retally.devkit.stack;

import io.retally.devkit.stack.FlinkRest.SavepointAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Takes savepoints of the running job; in the folder {@code flink/savepoints} they stay until someone removes them. */
public final class Savepoints {
    /** As {@code execution.checkpointing.timeout}, and some. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final StackDir dir;
    private final FlinkRest flink;

    public Savepoints(StackDir dir) {
        this(dir, new FlinkRest(Endpoints.of(dir).flinkRest()));
    }

    Savepoints(StackDir dir, FlinkRest flink) {
        this.dir = dir;
        this.flink = flink;
    }

    /** A savepoint that was taken. */
    public record Taken(Path path, long bytes, Duration took) {}

    /** Takes one while the job goes on. */
    public Taken take() throws InterruptedException {
        String job = runningJob();
        return await(job, () -> flink.triggerSavepoint(job, dir.savepoints()));
    }

    /** Takes one as the last checkpoint of the job, whose epoch is published, and ends the job. */
    Taken stop(String job) throws InterruptedException {
        Taken taken = await(job, () -> flink.triggerStop(job, dir.savepoints()));
        new Readiness()
                .await(
                        Part.JOBMANAGER,
                        null,
                        PATIENCE,
                        () -> flink.jobState(job).map(FlinkRest::isEnded).orElse(true));
        return taken;
    }

    private String runningJob() {
        String job = StackSettings.find(dir)
                .map(StackSettings::job)
                .map(JobRecord::id)
                .orElse(null);
        try {
            String state = job == null ? "not submitted" : flink.jobState(job).orElse("lost");
            if (job != null && state.equals("RUNNING")) {
                return job;
            }
            throw new StackException("the job is " + state, "see `./retally status`; it must be RUNNING");
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    private interface Trigger {
        String trigger() throws IOException;
    }

    private static Taken taken(Instant begin, Path path) {
        return new Taken(path, Snapshot.at(path).orElseThrow().size(), Duration.between(begin, Instant.now()));
    }

    private Taken await(String job, Trigger trigger) throws InterruptedException {
        Instant begin = Instant.now();
        try {
            String request = trigger.trigger();
            AtomicReference<SavepointAnswer> answer = new AtomicReference<>(new SavepointAnswer(null, null));
            new Readiness().await(Part.JOBMANAGER, null, PATIENCE, () -> {
                SavepointAnswer now = flink.savepoint(job, request);
                answer.set(now);
                return now.folder() != null || now.failure() != null;
            });
            SavepointAnswer last = Objects.requireNonNull(answer.get());
            Path folder = last.folder();
            if (folder == null) {
                throw new StackException(
                        "the savepoint failed: " + last.failure(), "see `./retally logs jobmanager`; the job goes on");
            }
            return taken(begin, folder);
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    private static StackException noAnswer(IOException e) {
        return new StackException("the job manager does not answer: " + e.getMessage(), "see `./retally status`", e);
    }
}
