package io.retally.jobs.repprogress;

import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Incremental equals batch at every prefix: random change logs through all operators, and after every epoch each published
 * table against the contract's SQL over the documents that the messages so far leave. In between checkpoints fail, and the
 * job crashes and is restored at another parallelism. The seed draws all of it, state backend and object reuse as well. It
 * can be replayed with {@code -Dtruth.seed=N}; {@code -Dtruth.seeds=N} tries more of them.
 */
class TruthITCase {

    private static final ChangeTopics TOPICS = new ChangeTopics("retally");
    private static final int EPOCHS = 12;
    private static final int PARTITIONS = 3;

    private static EmbeddedPostgres postgres;
    private static PostgresTarget target;
    private static Truth truth;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase());
        target = new PostgresTarget(postgres.getJdbcUrl("postgres", "postgres"), "postgres");
        truth = new Truth(postgres);
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    static List<Long> seeds() {
        Long one = Long.getLong("truth.seed");
        if (one != null) {
            return List.of(one);
        }
        // Even and odd in turns, so that few seeds try both state backends.
        long first = new Random().nextInt(Integer.MAX_VALUE);
        return LongStream.range(first, first + Integer.getInteger("truth.seeds", 8))
                .boxed()
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyEpochEqualsTheContract(long seed, @TempDir Path folder) throws Exception {
        Random random = new Random(seed);
        TestingBackend.Kind backend = TestingBackend.Kind.values()[Math.floorMod(seed, 2)];
        Deployment deployment = Deployment.drawn(backend, random);
        System.out.println("TruthITCase: seed " + seed + ", " + deployment);
        RandomChangeLog log = new RandomChangeLog(random.nextLong());
        List<RandomChangeLog.Message> said = new ArrayList<>();
        Attempt.Checkpoint completed = null;
        int settled = 0;
        try (SimulatedJob job = new SimulatedJob(TOPICS, target, folder, deployment, random)) {
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                for (int i = random.nextInt(120); i >= 0; i--) {
                    said.add(log.next());
                    job.read(kafkaMessage(said, said.size() - 1));
                }
                if (random.nextInt(6) == 0) {
                    // A crash in the middle of an epoch: back to the last checkpoint, and the messages since then
                    // again.
                    job.crash(completed);
                    for (int i = settled; i < said.size(); i++) {
                        job.read(kafkaMessage(said, i));
                    }
                }
                Attempt.Checkpoint checkpoint = job.barrier();
                if (random.nextInt(8) == 0) {
                    // The checkpoint fails and the job goes on: the epoch is published with the next one.
                    continue;
                }
                completed = checkpoint;
                settled = said.size();
                if (random.nextInt(4) == 0) {
                    // A crash between 'checkpoint complete' and 'published'.
                    job.crash(completed);
                } else {
                    job.complete(completed);
                }
                truth.assertPublished("seed %d, epoch %d".formatted(seed, epoch), published -> said);
            }
        }
    }

    private static KafkaMessage kafkaMessage(List<RandomChangeLog.Message> said, int offset) {
        RandomChangeLog.Message message = said.get(offset);
        return new KafkaMessage(
                TOPICS.topic(message.origin(), message.collection()),
                Math.floorMod(Arrays.hashCode(message.key()), PARTITIONS),
                offset,
                message.key(),
                message.value());
    }
}
