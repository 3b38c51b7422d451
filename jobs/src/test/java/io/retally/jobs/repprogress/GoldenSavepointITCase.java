package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Savepoints that earlier builds took, in {@code src/test/resources/io/retally/jobs/golden-savepoints}: this build must go on
 * from each, at another parallelism, and the tables must be true.
 *
 * <p>When a form of state changes, or an operator or a state is added: a run with {@code -Dgolden-savepoint.write=N} takes
 * {@code vN.zip} with this build. Old files stay, as the savepoints of installations do.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class GoldenSavepointITCase {

    private static final Path FILES = Path.of("src/test/resources/io/retally/jobs/golden-savepoints");
    private static final int MESSAGES = 500;
    private static final int PARALLELISM_WRITTEN = 2;
    private static final int PARALLELISM_READ = 3;

    @TempDir
    private static Path folder;

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(() -> {
        Configuration cluster = settings();
        cluster.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(192));
        return new MiniClusterResourceConfiguration.Builder()
                .setNumberTaskManagers(1)
                .setNumberSlotsPerTaskManager(PARALLELISM_READ)
                .setConfiguration(cluster)
                .build();
    });

    private static Configuration settings() {
        return KafkaAndPostgres.settings(folder.resolve("checkpoints"));
    }

    static List<Path> files() throws Exception {
        String version = System.getProperty("golden-savepoint.write");
        if (version != null) {
            write(FILES.resolve("v" + version + ".zip"), Long.parseLong(version));
        }
        try (Stream<Path> files = Files.list(FILES)) {
            return files.sorted(Comparator.comparing(Path::toString)).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isGoneOnFromAndStaysTrue(Path file) throws Exception {
        assertThat(Files.size(file)).isLessThan(300_000);
        try (KafkaAndPostgres ends = new KafkaAndPostgres()) {
            GoldenSavepoint golden = GoldenSavepoint.unpack(file, folder.resolve(file.getFileName() + ".d"));
            golden.restoreLogs(ends.logs());
            golden.restoreTables(ends);
            ends.assertPublished(file + ", as it was stored");

            Configuration settings = settings();
            settings.set(
                    StateRecoveryOptions.SAVEPOINT_PATH,
                    golden.savepoint().toUri().toString());
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
            env.setParallelism(PARALLELISM_READ);
            ends.define(env);
            JobClient job = env.executeAsync(Operators.JOB);
            try {
                ends.write(new RandomChangeLog(-1), MESSAGES);
                ends.awaitAllIsRead();
                ends.assertPublished(file + ", gone on from");
            } finally {
                job.cancel().get();
            }
        }
    }

    private static void write(Path file, long seed) throws Exception {
        if (Files.exists(file)) {
            throw new IOException(file + " is there, and stays as it is; take the next number");
        }
        try (KafkaAndPostgres ends = new KafkaAndPostgres()) {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings());
            env.setParallelism(PARALLELISM_WRITTEN);
            ends.define(env);
            JobClient job = env.executeAsync(Operators.JOB);
            ends.write(new RandomChangeLog(seed), MESSAGES);
            ends.awaitAllIsRead();
            String savepoint = job.stopWithSavepoint(
                            false, folder.resolve("taken").toUri().toString(), SavepointFormatType.NATIVE)
                    .get();
            ends.assertPublished(file + ", to be stored");
            GoldenSavepoint.pack(Path.of(URI.create(savepoint)), ends, file);
        }
    }
}
