package io.retally.jobs.repprogress;

import java.util.List;
import java.util.Random;

/**
 * How a job runs. Nothing that it publishes may depend on it.
 *
 * @param parallelism the number of subtasks of each operator but the publisher
 * @param maxWaiting bounds the changes, differences and rows that wait for the barrier, each for itself
 */
record Deployment(TestingBackend.Kind backend, boolean objectReuse, int parallelism, int maxWaiting) {

    private static final int MAX_PARALLELISM = 4;

    static Deployment drawn(TestingBackend.Kind backend, Random random) {
        List<Integer> bounds = List.of(1, 10, 50_000);
        return new Deployment(
                backend,
                random.nextBoolean(),
                1 + random.nextInt(MAX_PARALLELISM),
                bounds.get(random.nextInt(bounds.size())));
    }

    /** The same with another number of subtasks, or with as many. */
    Deployment rescaled(Random random) {
        return new Deployment(backend, objectReuse, 1 + random.nextInt(MAX_PARALLELISM), maxWaiting);
    }
}
