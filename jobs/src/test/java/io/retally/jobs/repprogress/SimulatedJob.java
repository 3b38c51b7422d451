package io.retally.jobs.repprogress;

import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.DeadLetter;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.postgres.PostgresTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The job in one thread: its operators at any parallelism, with barriers, crashes, restores and rescales at the test's
 * will. The order in which subtasks hear from each other is random, and the same for the same seed.
 */
final class SimulatedJob implements AutoCloseable {

    private final ChangeTopics topics;
    private final PostgresTarget target;
    private final TestingBackend backend;
    private final Random random;
    private Deployment deployment;
    private Attempt attempt;
    private long newestCheckpoint;

    /**
     * Starts the job from empty state.
     *
     * @param folder where RocksDB keeps its files
     */
    SimulatedJob(ChangeTopics topics, PostgresTarget target, Path folder, Deployment deployment, Random random)
            throws Exception {
        this.topics = topics;
        this.target = target;
        this.backend = new TestingBackend(deployment.backend(), folder);
        this.random = random;
        this.deployment = deployment;
        this.attempt = attempt(null);
    }

    private Attempt attempt(Attempt.@Nullable Checkpoint checkpoint) throws Exception {
        return new Attempt(topics, target, deployment, backend, new Network(random), checkpoint);
    }

    void read(KafkaMessage message) throws Exception {
        attempt.read(message);
    }

    /** The dead letters since the start or the last crash. */
    List<DeadLetter> deadLetters() {
        return attempt.deadLetters();
    }

    /** Ends an epoch; it is published only when {@link #complete} is called. */
    Attempt.Checkpoint barrier() throws Exception {
        return attempt.barrier(++newestCheckpoint);
    }

    void complete(Attempt.Checkpoint checkpoint) throws Exception {
        attempt.complete(checkpoint);
    }

    /** Crashes, and is restored from a checkpoint (null: from none) with another parallelism or the same. */
    void crash(Attempt.@Nullable Checkpoint checkpoint) throws Exception {
        attempt.close();
        deployment = deployment.rescaled(random);
        attempt = attempt(checkpoint);
    }

    Subtasks<?> subtasks(Operators operator) {
        return attempt.subtasks(operator);
    }

    @Override
    public void close() {
        attempt.close();
        backend.close();
    }
}
