package io.retally.bench.query;

import io.retally.bench.result.Distribution;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Managers at their dashboards, all at once. Each asks one question, reads all rows, thinks, and asks the next; how long is drawn
 * from an exponential distribution. They share a pool of connections, as behind a gateway.
 */
final class Managers {
    private final DataSource pool;
    private final Catalogue catalogue;
    private final Duration meanThink;
    private final long seed;
    private final Served served = new Served();

    Managers(DataSource pool, Catalogue catalogue, Duration meanThink, long seed) {
        this.pool = pool;
        this.catalogue = catalogue;
        this.meanThink = meanThink;
        this.seed = seed;
    }

    /**
     * What they waited.
     *
     * @param questions from asking, a wait for a connection included, until all rows were read; those that were asked
     * @param errors questions without an answer, in no distribution
     * @param firstError what was said of one of them
     */
    record Waited(int managers, Map<Question, Distribution> questions, long errors, Optional<String> firstError) {
        /** Of all questions, of which one at least was answered. */
        Distribution all() {
            return new Distribution(questions.values().stream()
                    .flatMap(waited -> waited.durations().stream())
                    .toList());
        }
    }

    /** @param error null: answered */
    private record Asked(
            Question question, Duration took, @Nullable String error) {}

    /**
     * Each asks until the time is over, and one question at least.
     *
     * @param warmUp what is asked before it is over is not counted
     */
    Waited ask(int managers, Duration warmUp, Duration time) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(managers);
        try {
            long begin = System.nanoTime() + warmUp.toNanos();
            long end = begin + time.toNanos();
            List<Future<List<Asked>>> working = new ArrayList<>();
            for (int manager = 0; manager < managers; manager++) {
                Random random = new Random(seed * 1_000_003 + managers * 1_009L + manager);
                working.add(threads.submit(() -> work(random, begin, end)));
            }
            List<Asked> all = new ArrayList<>();
            for (Future<List<Asked>> work : working) {
                all.addAll(work.get());
            }
            return waited(managers, all);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Asked> work(Random random, long begin, long end) throws InterruptedException {
        List<Asked> counted = new ArrayList<>();
        while (true) {
            Thread.sleep((long) (-Math.log(1 - random.nextDouble()) * meanThink.toMillis()));
            Asking asking = catalogue.draw(random);
            long asked = System.nanoTime();
            if (asked - end >= 0 && !counted.isEmpty()) {
                return counted;
            }
            String error = null;
            try (Connection connection = pool.getConnection()) {
                served.read(connection, asking);
            } catch (SQLException e) {
                error = asking.question().label() + ": " + e.getMessage();
            }
            if (asked - begin >= 0) {
                counted.add(new Asked(asking.question(), Duration.ofNanos(System.nanoTime() - asked), error));
            }
        }
    }

    private static Waited waited(int managers, List<Asked> all) {
        Map<Question, List<Duration>> durations = new EnumMap<>(Question.class);
        for (Asked asked : all) {
            if (asked.error() == null) {
                durations
                        .computeIfAbsent(asked.question(), none -> new ArrayList<>())
                        .add(asked.took());
            }
        }
        Map<Question, Distribution> questions = new EnumMap<>(Question.class);
        durations.forEach((question, took) -> questions.put(question, new Distribution(took)));
        List<String> errors = all.stream()
                .flatMap(asked -> Optional.ofNullable(asked.error()).stream())
                .toList();
        return new Waited(managers, questions, errors.size(), errors.stream().findFirst());
    }
}
