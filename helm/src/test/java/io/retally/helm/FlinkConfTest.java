package io.retally.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in flink-conf: Flink reads it, knows each key by its current name, and takes each value. */
class FlinkConfTest {

    private static final Path FOLDER = Path.of("..", "flink-conf");

    private static final Map<String, ConfigOption<?>> OPTIONS = FlinkOptions.byKey();

    /** Keys that no constant stands for: a reporter's own options, which Flink hands to it by name. */
    private static final List<Pattern> WITHOUT_OPTION =
            List.of(Pattern.compile("metrics\\.reporter\\.prom\\.(factory\\.class|port)"));

    /** What decides the meaning of the tables, or what becomes of a failed job: equal everywhere. */
    private static final List<String> OF_THE_JOB = List.of(
            "state.backend.type",
            "execution.checkpointing.incremental",
            "execution.checkpointing.num-retained",
            "state.backend.rocksdb.options-factory",
            "execution.checkpointing.interval",
            "execution.checkpointing.max-concurrent-checkpoints",
            "execution.checkpointing.mode",
            "execution.checkpointing.unaligned.enabled",
            "execution.checkpointing.externalized-checkpoint-retention",
            "execution.checkpointing.tolerable-failed-checkpoints",
            "restart-strategy.type",
            "jobmanager.execution.failover-strategy",
            "pipeline.object-reuse",
            "pipeline.generic-types",
            "env.java.opts.all");

    static List<Path> environments() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("environments")
    void flinkKnowsEveryKeyAndTakesEveryValue(Path environment) throws Exception {
        Configuration configuration = GlobalConfiguration.loadConfiguration(environment.toString());
        Map<String, String> wrong = new TreeMap<>();
        configuration.toMap().forEach((key, value) -> {
            ConfigOption<?> option = OPTIONS.get(key);
            if (option == null) {
                if (WITHOUT_OPTION.stream()
                        .noneMatch(pattern -> pattern.matcher(key).matches())) {
                    wrong.put(key, "is no key of Flink's, or an old name of one");
                }
                return;
            }
            try {
                configuration.getOptional(option);
            } catch (IllegalArgumentException e) {
                wrong.put(key, "cannot be " + value + ": " + e.getMessage());
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(configuration.toMap()).hasSizeGreaterThan(20);
    }

    @Test
    void aMisspeltKeyAndAnOldNameAreNone() {
        assertThat(OPTIONS)
                .containsKeys("execution.checkpointing.interval", "state.backend.rocksdb.use-bloom-filter")
                .doesNotContainKeys("execution.checkpointing.intervall", "state.checkpoints.dir", "state.backend");
    }

    @ParameterizedTest
    @MethodSource("environments")
    void aKeyStandsOnce(Path environment) throws IOException {
        List<String> keys = Files.readAllLines(environment.resolve("config.yaml")).stream()
                .filter(line -> line.matches("[a-z].*: .*"))
                .map(line -> line.substring(0, line.indexOf(": ")))
                .toList();
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(keys)
                .as("flat keys, one a line")
                .hasSameElementsAs(GlobalConfiguration.loadConfiguration(environment.toString())
                        .keySet());
    }

    @Test
    void theJobMeansTheSameEverywhere() throws IOException {
        Map<String, String> embedded = settings(FOLDER.resolve("embedded"));
        assertThat(embedded.keySet()).containsAll(OF_THE_JOB);
        for (Path environment : environments()) {
            assertThat(settings(environment)).as(environment.toString()).isEqualTo(embedded);
        }
    }

    private static Map<String, String> settings(Path environment) {
        Map<String, String> settings =
                GlobalConfiguration.loadConfiguration(environment.toString()).toMap();
        settings.keySet().retainAll(OF_THE_JOB);
        return settings;
    }
}
