package io.retally.bench.ingest;

import io.retally.bench.cpu.ProcessCpu;
import io.retally.bench.cpu.ThreadCpu;
import io.retally.bench.stack.Loading;
import io.retally.devkit.stack.JobRuns;
import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackDown;
import io.retally.devkit.stack.StackException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The job itself, from nothing to all tables published. The first run's tables are compared with the contract; those of later
 * runs with the first's.
 */
final class RepProgress implements Contender {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS_A_CHECK = 20;
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Arena arena;
    private @Nullable String verified;

    RepProgress(Arena arena) {
        this.arena = arena;
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
        Instant published = awaitAllPublished(job);
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

    /** When the epoch was published that holds the whole logs. */
    private Instant awaitAllPublished(String job) throws SQLException, IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        int polls = 0;
        try (Connection connection = arena.endpoints().postgres().connect();
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet rows = statement.executeQuery("""
                        select published_at, (select coalesce(sum(next_offset), 0) from staging.source_position)
                        from serving.epoch""")) {
                    if (rows.next() && rows.getLong(2) >= arena.logs().messages()) {
                        Timestamp published = rows.getTimestamp(1);
                        return published.toInstant();
                    }
                }
                if (++polls % POLLS_A_CHECK == 0) { // the job manager's answers take CPU time, too
                    arena.jobs().requireWell(job);
                }
                if (Instant.now().isAfter(end)) {
                    throw new StackException("the logs are not published after " + PATIENCE, "read the stack's logs");
                }
                Thread.sleep(POLL.toMillis());
            }
        }
    }

    private void check() throws Exception {
        String now = digest();
        if (verified == null) {
            Loading.requireTrue(arena.endpoints());
            verified = now;
        } else if (!verified.equals(now)) {
            throw new StackException(
                    "the tables are not those of the run before: " + now + " instead of " + verified,
                    "report this as a bug");
        }
    }

    /** Rows and a sum of their hashes, by table: equal when the tables hold the same rows. */
    private String digest() throws SQLException {
        try (Connection connection = arena.endpoints().postgres().connect();
                Statement statement = connection.createStatement()) {
            String each;
            try (ResultSet rows = statement.executeQuery("""
                    select string_agg(format(
                        'select %1$L || '' '' || count(*) || '' '' || coalesce(sum(hashtextextended(t::text, 0)), 0) as digest'
                        || ' from serving.%1$I t', tablename), ' union all ' order by tablename)
                    from pg_tables where schemaname = 'serving' and tablename <> 'epoch'""")) {
                rows.next();
                each = rows.getString(1);
            }
            try (ResultSet rows = statement.executeQuery(
                    "select string_agg(digest, ', ' order by digest) from (" + each + ") each")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
