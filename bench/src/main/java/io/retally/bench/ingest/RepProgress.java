package io.retally.bench.ingest;

import io.retally.bench.cpu.ProcessCpu;
import io.retally.bench.cpu.ThreadCpu;
import io.retally.bench.stack.Loading;
import io.retally.devkit.stack.JobRuns;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackDown;
import io.retally.devkit.stack.StackException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The job itself, from nothing to all tables published. The first run's tables are compared with the contract; those of later
 * runs with the first's.
 */
final class RepProgress implements Contender {
    private final Arena arena;
    private final Serving serving;
    private @Nullable String verified;

    RepProgress(Arena arena) {
        this.arena = arena;
        serving = new Serving(arena);
    }

    @Override
    public String name() {
        return "rep_progress";
    }

    @Override
    public String description() {
        return "rep-progress: all tables in PostgreSQL";
    }

    @Override
    public Run run() throws Exception {
        JobRuns jobs = arena.jobs();
        long taskManager =
                new StackDown(arena.dir()).processesOf(Part.TASKMANAGER).get(0).pid();
        ThreadCpu threads = ThreadCpu.of(taskManager);
        Map<Part, Duration> begin = ProcessCpu.now(arena.dir());
        String job = jobs.submitRepProgress();
        Instant published = serving.awaitAllPublished(job);
        Map<Part, Duration> cpu = ProcessCpu.between(begin, ProcessCpu.now(arena.dir()));
        Map<String, Duration> stages = ThreadCpu.of(taskManager).stagesSince(threads);
        Instant running = jobs.times(job).running();
        jobs.requireWell(job);
        jobs.cancel(job);
        check();
        return new Run(Duration.between(running, published), cpu, withRest(stages, cpu));
    }

    /** What no living thread of Java has used: RocksDB's own threads, and threads that have ended. */
    private static Map<String, Duration> withRest(Map<String, Duration> stages, Map<Part, Duration> cpu) {
        Duration known = stages.values().stream().reduce(Duration.ZERO, Duration::plus);
        Duration rest = cpu.getOrDefault(Part.TASKMANAGER, Duration.ZERO).minus(known);
        stages.put("RocksDB's flushes and compactions, ended threads", rest.isNegative() ? Duration.ZERO : rest);
        return stages;
    }

    private void check() throws Exception {
        String now = serving.digest();
        if (verified == null) {
            Loading.requireTrue(arena.endpoints());
            verified = now;
        } else if (!verified.equals(now)) {
            throw new StackException(
                    "the tables are not those of the run before: " + now + " instead of " + verified,
                    "report this as a bug");
        }
    }
}
