package io.retally.devkit.container;

import io.retally.devkit.connect.ChildJvm;
import io.retally.devkit.connect.TestingBroker;
import io.retally.devkit.load.generated.Size;
import io.retally.devkit.stack.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Task managers come and go under load, as for a peak and after it: with the adaptive scheduler the job takes the slots that
 * come, and goes on without those that go, from its last checkpoint. The tables stay true.
 */
class ElasticITCase {
    /** On the command line: how long the tables stood still is measured when nothing else runs. */
    private static final double CHANGES_PER_SECOND = Double.parseDouble(System.getProperty("elastic.rate", "500"));

    private static final int SLOTS = 4;

    @Test
    void theJobSpreadsOverSlotsThatComeAndGoesOnWithoutThoseThatGo(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        try (TestingBroker broker = TestingBroker.start(folder);
                TestingDatabase database = TestingDatabase.start(folder, Map.of());
                TestingTables tables = new TestingTables(broker, database);
                ImageCluster cluster = elastic(folder)) {
            Topics.create(broker.bootstrap());
            cluster.startJobManager(broker.bootstrap(), database.jdbcUrl());
            cluster.startTaskManager("taskmanager-1");
            try (TestingLoad load =
                    TestingLoad.start(broker.bootstrap(), seed, new Size(200, 5, 2_000_000), CHANGES_PER_SECOND)) {
                awaitRunning(cluster, tables, 1);

                List<ChildJvm> further = new ArrayList<>();
                for (int host = 2; host <= SLOTS; host++) {
                    further.add(cluster.startTaskManager("taskmanager-" + host));
                }
                awaitRunning(cluster, tables, SLOTS);
                System.out.println("1 to 4 slots: the tables stood still for " + tables.longestStandstill());

                further.forEach(cluster::stop);
                awaitRunning(cluster, tables, 1);
                System.out.println("4 to 1 slots: the tables stood still for " + tables.longestStandstill());
                load.stop();
            }
            tables.assertTrueOnceAllIsPublished();
        }
    }

    private static ImageCluster elastic(Path folder) throws Exception {
        return ImageCluster.layOut(folder)
                .with("jobmanager.scheduler", "adaptive")
                .with("parallelism.default", Integer.toString(SLOTS))
                .with("taskmanager.numberOfTaskSlots", "1")
                .with("taskmanager.memory.process.size", "2048m")
                .with("jobmanager.memory.process.size", "1100m");
    }

    /** Until the job runs on so many slots and has published from there. */
    private static void awaitRunning(ImageCluster cluster, TestingTables tables, int slots) {
        cluster.awaitAlive(() -> cluster.parallelism() == slots);
        long messages = tables.publishedMessages();
        cluster.awaitAlive(() -> tables.publishedMessages() > messages);
    }
}
