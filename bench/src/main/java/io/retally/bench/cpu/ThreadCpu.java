package io.retally.bench.cpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPU time of each thread of a JVM, from {@code jcmd PID Thread.print} of the JDK: threads of Java, of the garbage collector
 * and of the compiler. RocksDB's own threads are not among them.
 *
 * @param threads by name and native number
 */
public record ThreadCpu(Map<JvmThread, Duration> threads) {
    /** The stage of the threads that compile. */
    public static final String COMPILER = "just-in-time compiler";

    /**
     * A thread of a JVM, of Java or not.
     *
     * @param number the operating system's
     */
    public record JvmThread(String name, String number) {}

    private static final Pattern LINE = Pattern.compile("^\"(.*)\" .*\\bcpu=([0-9.]+)ms .*\\bnid=(\\S+).*$");
    /** What Flink adds to the name of a subtask's thread. */
    private static final Pattern SUBTASK = Pattern.compile(" \\(\\d+/\\d+\\)(#\\d+)?.*$");

    public static ThreadCpu of(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "Thread.print")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd does not tell of the threads of process " + pid + ": " + said.strip());
        }
        return parse(said);
    }

    static ThreadCpu parse(String said) {
        Map<JvmThread, Duration> threads = new HashMap<>();
        said.lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                long nanos = Math.round(Double.parseDouble(matcher.group(2)) * 1e6);
                threads.put(new JvmThread(matcher.group(1), matcher.group(3)), Duration.ofNanos(nanos));
            }
        });
        return new ThreadCpu(threads);
    }

    /** What was used since {@code begin}, by stage; threads that ended meanwhile are not in it. */
    public Map<String, Duration> stagesSince(ThreadCpu begin) {
        Map<String, Duration> stages = new TreeMap<>();
        threads.forEach((thread, used) -> {
            Duration before = begin.threads.getOrDefault(thread, Duration.ZERO);
            stages.merge(stage(thread.name()), used.minus(before), Duration::plus);
        });
        return stages;
    }

    /** What a thread works for: the operators of a chain, or a part of the JVM. */
    static String stage(String thread) {
        if (thread.startsWith("Source Data Fetcher")) {
            return "fetch from Kafka";
        }
        if (SUBTASK.matcher(thread).find() && thread.contains("rep-progress.")) {
            return SUBTASK.matcher(thread)
                    .replaceFirst("")
                    .replace("Source: ", "")
                    .replace("rep-progress.", "");
        }
        if (thread.matches("(G1|GC|VM Thread|VM Periodic).*")) {
            return "garbage collection";
        }
        if (thread.matches("C[12] CompilerThread.*")) {
            return COMPILER;
        }
        return "other threads of Java";
    }
}
