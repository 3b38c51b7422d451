package io.retally.jobs.postgres;

import static io.retally.jobs.postgres.TestingRows.noTeam;
import static io.retally.jobs.postgres.TestingRows.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.serving.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The protocol with crashes between any two of its steps. After each step the table is what the prefix of the log amounts to
 * that the published position names, and a checkpoint that is complete is published at the latest by the next start. A seed
 * can be replayed with {@code -Dcrashes.seed=N}; {@code -Dcrashes.seeds=N} tries more of them.
 */
class RandomCrashesITCase {

    private static final int EPOCHS = 60;
    private static final int TEAMS = 12;

    @RegisterExtension
    final TestingTables tables = new TestingTables();

    private final List<Row> log = new ArrayList<>();
    private Random random = new Random(0);

    /** The last complete checkpoint and how much of the log it stands for; null: none since the job's state was empty. */
    private TestingJob.@Nullable Checkpoint complete;

    private int completeOffset;
    private boolean completeIsPublished;

    private @Nullable TestingJob job;
    private int offset;
    private long checkpoints;
    private long publications;

    static List<Long> seeds() {
        Long one = Long.getLong("crashes.seed");
        return one != null
                ? List.of(one)
                : new Random()
                        .longs(Integer.getInteger("crashes.seeds", 8), 0, Integer.MAX_VALUE)
                        .boxed()
                        .toList();
    }

    @AfterEach
    void close() throws Exception {
        if (job != null) {
            job.close();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theTablesAreAlwaysAPrefixOfTheLog(long seed) throws Exception {
        random = new Random(seed);
        letCommitsFail();
        TestingJob running = start();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            readSome(running);
            running = step(running);
            assertPrefix();
        }
        readSome(running);
        complete(running);
        publish(running);
        assertPrefix();
        running = crash(running);
        complete(running);
        publish(running);
        assertThat(tables.staged()).as("what is left in staging").isEmpty();
    }

    private TestingJob step(TestingJob running) throws Exception {
        switch (random.nextInt(11)) {
            case 0 -> {
                return crash(running);
            }
            case 1 -> {
                running.stage();
                return crash(running);
            }
            case 2 -> {
                running.barrier(++checkpoints);
                return crash(running);
            }
            case 3 -> running.barrier(++checkpoints); // the checkpoint fails, and the job goes on
            case 4 -> {
                complete(running);
                return crash(running);
            }
            case 5 -> {
                complete(running);
                tables.run("insert into public.failing values (true)");
                assertThatThrownBy(() -> running.complete(checkpoints)).hasStackTraceContaining("the commit fails");
                tables.run("delete from public.failing");
                return crash(running);
            }
            case 6 -> {
                complete(running);
                publish(running);
                return crash(running);
            }
            case 7 -> {
                // Started without a savepoint: from the beginning of the log, as a new lineage.
                complete = null;
                completeOffset = 0;
                checkpoints = 0;
                return crash(running);
            }
            default -> {
                complete(running);
                publish(running);
            }
        }
        return running;
    }

    /** Whatever follows, the epoch is not lost any more. */
    private void complete(TestingJob running) throws Exception {
        complete = running.barrier(++checkpoints);
        completeOffset = offset;
        completeIsPublished = false;
    }

    private void publish(TestingJob running) throws Exception {
        running.complete(checkpoints);
        publications++;
        completeIsPublished = true;
        assertThat(position()).isEqualTo(offset);
    }

    private TestingJob crash(TestingJob running) throws Exception {
        running.close();
        return start();
    }

    private TestingJob start() throws Exception {
        TestingJob started;
        if (complete == null) {
            started = TestingJob.start(tables.target());
        } else {
            started = TestingJob.restore(tables.target(), complete);
            publications += completeIsPublished ? 0 : 1;
            completeIsPublished = true;
            assertThat(position()).isEqualTo(completeOffset);
        }
        job = started;
        offset = completeOffset;
        return started.startWriter();
    }

    /** The log says the same when it is read again. */
    private void readSome(TestingJob running) throws Exception {
        for (int i = random.nextInt(15); i >= 0; i--) {
            if (offset == log.size()) {
                String id = "t" + random.nextInt(TEAMS);
                log.add(random.nextInt(3) == 0 ? noTeam(id) : team(id, "v" + offset));
            }
            running.write(log.get(offset++));
            if (random.nextInt(6) == 0) {
                running.stage();
            }
        }
        running.read("log", 0, offset, offset);
    }

    private void assertPrefix() {
        Map<Object, Object> teams = new TreeMap<>();
        for (Row row : log.subList(0, position())) {
            if (row.isDeletion()) {
                teams.remove(String.valueOf(row.values()[0]));
            } else {
                teams.put(String.valueOf(row.values()[0]), String.valueOf(row.values()[2]));
            }
        }
        assertThat(tables.rows("select team_id || '=' || name from serving.team order by team_id collate \"C\""))
                .isEqualTo(teams.entrySet().stream().map(String::valueOf).toList());
        assertThat(tables.epoch()).isEqualTo(publications);
    }

    private int position() {
        return Integer.parseInt(tables.rows("select coalesce(max(next_offset), 0) from staging.source_position")
                .get(0));
    }

    /** While {@code public.failing} has a row, a publication fails when all is done but the commit. */
    private void letCommitsFail() {
        tables.run(
                "create table public.failing (failing boolean)",
                "create function public.fail() returns trigger language plpgsql security definer as $$ begin "
                        + "if exists (select from public.failing) then raise exception 'the commit fails'; end if; "
                        + "return null; end $$",
                "create constraint trigger fail after insert or update on serving.epoch "
                        + "deferrable initially deferred for each row execute function public.fail()");
    }
}
