package io.retally.devkit.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Flink's configuration, as far as the flags of its JVMs follow from it: flat keys, one a line. */
record FlinkConf(Path folder, Map<String, String> values) {

    static FlinkConf read(Path folder) {
        Path file = folder.resolve("config.yaml");
        Map<String, String> values = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int colon = line.indexOf(": ");
                if (!line.startsWith("#") && colon > 0) {
                    values.put(
                            line.substring(0, colon), line.substring(colon + 2).trim());
                }
            }
        } catch (IOException e) {
            throw new StackException("Flink's configuration " + file + " cannot be read", "restore it from git", e);
        }
        return new FlinkConf(folder, Map.copyOf(values));
    }

    List<String> jobManagerFlags() {
        String heap = required("jobmanager.memory.heap.size");
        return List.of(
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:MaxDirectMemorySize=" + required("jobmanager.memory.off-heap.size"),
                "-XX:MaxMetaspaceSize=" + required("jobmanager.memory.jvm-metaspace.size"));
    }

    /** As Flink's own scripts compute them: heap and direct memory are sums. */
    List<String> taskManagerFlags() {
        long heap =
                mebibytes("taskmanager.memory.framework.heap.size") + mebibytes("taskmanager.memory.task.heap.size");
        long direct = mebibytes("taskmanager.memory.framework.off-heap.size")
                + mebibytes("taskmanager.memory.task.off-heap.size")
                + mebibytes("taskmanager.memory.network.max");
        return List.of(
                "-Xms" + heap + "m",
                "-Xmx" + heap + "m",
                "-XX:MaxDirectMemorySize=" + direct + "m",
                "-XX:MaxMetaspaceSize=" + required("taskmanager.memory.jvm-metaspace.size"));
    }

    List<String> commonFlags() {
        return List.of(required("env.java.opts.all").split(" "));
    }

    String required(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new StackException(
                    folder.resolve("config.yaml") + " has no " + key, "add it as a flat key, `" + key + ": ...`");
        }
        return value;
    }

    private long mebibytes(String key) {
        String value = required(key);
        if (!value.matches("\\d+m")) {
            throw new StackException(key + " is '" + value + "'", "write it in mebibytes, as in 128m");
        }
        return Long.parseLong(value.substring(0, value.length() - 1));
    }
}
