package io.retally.jobs.repprogress;

import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.sql.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Incremental equals batch at every prefix: random change logs through all operators, and after every epoch each published
 * table against the contract's SQL over the documents that the messages so far leave. Crashes and restores happen in
 * between. A seed can be replayed with {@code -Dtruth.seed=N}; {@code -Dtruth.seeds=N} tries more of them.
 */
class TruthITCase {

    private static final ChangeTopics TOPICS = new ChangeTopics("retally");
    private static final int EPOCHS = 12;

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
        Random random = new Random();
        List<Long> seeds = new ArrayList<>();
        for (int i = Integer.getInteger("truth.seeds", 8); i > 0; i--) {
            seeds.add((long) random.nextInt(Integer.MAX_VALUE));
        }
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyEpochEqualsTheContract(long seed) throws Exception {
        Random random = new Random(seed);
        RandomChangeLog log = new RandomChangeLog(seed);
        List<RandomChangeLog.Message> said = new ArrayList<>();
        OperatorChain chain = new OperatorChain(TOPICS, target);
        OperatorChain.Checkpoint last = null;
        int settled = 0;
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            for (int i = random.nextInt(120); i >= 0; i--) {
                RandomChangeLog.Message message = log.next();
                said.add(message);
                chain.read(kafkaMessage(message, said.size()));
            }
            if (last != null && random.nextInt(6) == 0) {
                // A crash in the middle of an epoch: back to the last checkpoint, and the messages since then again.
                chain.close();
                chain = new OperatorChain(TOPICS, target, last);
                for (int i = settled; i < said.size(); i++) {
                    chain.read(kafkaMessage(said.get(i), i + 1));
                }
            }
            last = chain.barrier(epoch);
            settled = said.size();
            if (epoch > 1 && random.nextInt(4) == 0) {
                // A crash between 'checkpoint complete' and 'published'.
                chain.close();
                chain = new OperatorChain(TOPICS, target, last);
            } else {
                chain.complete(epoch);
            }
            truth.assertPublished("seed %d, epoch %d".formatted(seed, epoch), published -> said);
        }
        chain.close();
    }

    private static KafkaMessage kafkaMessage(RandomChangeLog.Message message, long offset) {
        return new KafkaMessage(
                TOPICS.topic(message.origin(), message.collection()), 0, offset, message.key(), message.value());
    }
}
