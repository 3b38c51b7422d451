package io.retally.bench.ingest;

import io.retally.bench.cpu.ProcessCpu;
import io.retally.bench.sql.SqlJob;
import io.retally.devkit.stack.JobRuns;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackException;
import io.retally.devkit.stack.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The peer in Flink SQL, on the cluster that the job runs on. It publishes the same tables; first runs after one of the job,
 * whose tables its own must equal in every run.
 */
final class SqlPeer implements Contender {
    static final String NAME = "flink_sql";

    private final Arena arena;
    private final Serving serving;
    private @Nullable String expected;

    SqlPeer(Arena arena) {
        this.arena = arena;
        serving = new Serving(arena);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Flink SQL: all tables in PostgreSQL";
    }

    @Override
    public Run run() throws Exception {
        if (expected == null) {
            expected = serving.digest();
        }
        JobRuns jobs = arena.jobs();
        Map<Part, Duration> begin = ProcessCpu.now(arena.dir());
        String job = jobs.submitPublishing(arena.jar(), SqlJob.class.getName(), Topics.PREFIX);
        Instant published = serving.awaitAllPublished(job);
        Map<Part, Duration> cpu = ProcessCpu.between(begin, ProcessCpu.now(arena.dir()));
        Instant running = jobs.times(job).running();
        jobs.requireWell(job);
        jobs.cancel(job);
        String now = serving.digest();
        if (!now.equals(expected)) {
            throw new StackException(
                    "the tables of Flink SQL are not those of the job: " + now + " instead of " + expected,
                    "compare them with the contract: `./retally verify --dir "
                            + arena.dir().root() + "`");
        }
        return new Run(Duration.between(running, published), cpu, Map.of());
    }
}
