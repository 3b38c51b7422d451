package io.retally.helm;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The options that Flink's own classes declare: every constant of every class named ...Options in its jars. */
final class FlinkOptions {

    /** A class of each jar that is searched. */
    private static final List<Class<?>> JARS = List.of(
            CoreOptions.class,
            JobGraph.class,
            StreamExecutionEnvironment.class,
            RocksDBOptions.class,
            KubernetesConfigOptions.class,
            AutoScalerOptions.class);

    private FlinkOptions() {}

    /** The options by their current keys; the old ones, which Flink still reads, are left out. */
    static Map<String, ConfigOption<?>> byKey() {
        Map<String, ConfigOption<?>> options = new HashMap<>();
        for (Class<?> member : JARS) {
            try (JarFile jar = jarOf(member)) {
                collectAll(jar, options);
            } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
                throw new IllegalStateException("the jar of " + member + " cannot be searched for options", e);
            }
        }
        return options;
    }

    private static void collectAll(JarFile jar, Map<String, ConfigOption<?>> options)
            throws ReflectiveOperationException {
        for (String name : jar.stream().map(JarEntry::getName).toList()) {
            if (name.matches("org/apache/flink/(?!.*shaded).*Options\\.class")) {
                String type =
                        name.substring(0, name.length() - ".class".length()).replace('/', '.');
                collect(Class.forName(type, false, FlinkOptions.class.getClassLoader()), options);
            }
        }
    }

    private static JarFile jarOf(Class<?> member) throws URISyntaxException, IOException {
        return new JarFile(Path.of(member.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile());
    }

    private static void collect(Class<?> type, Map<String, ConfigOption<?>> options) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (field.getType() == ConfigOption.class && Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                options.put(option.key(), option);
            }
        }
    }
}
