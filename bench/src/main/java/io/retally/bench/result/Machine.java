package io.retally.bench.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a benchmark ran on. Commit: of the project, with '-dirty' if files differ from it; 'unknown' without git. */
public record Machine(String processor, int cores, String memory, String system, String java, String commit) {

    public static Machine here(Path project) throws IOException, InterruptedException {
        return new Machine(
                value(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                gibibytes(value(Path.of("/proc/meminfo"), "MemTotal")),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                commit(project));
    }

    public String line() {
        return "%s, %d cores, %s; %s; %s".formatted(processor, cores, memory, system, java);
    }

    private static String value(Path file, String name) throws IOException {
        if (!Files.exists(file)) {
            return "unknown";
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    /** @param kibibytes as Linux writes it, "16384 kB" */
    private static String gibibytes(String kibibytes) {
        String number = kibibytes.replace(" kB", "");
        return number.matches("\\d+")
                ? String.format(Locale.ROOT, "%.0f GiB", Long.parseLong(number) / 1024.0 / 1024.0)
                : kibibytes;
    }

    private static String commit(Path project) throws InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
                    .directory(project.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? said : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
