package io.retally.devkit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The script {@code retally} in a checkout without sources, on a machine that has the few tools that it uses, and a JDK and
 * a Maven of the test's own.
 */
final class TestingCheckout {

    private static final List<String> TOOLS = List.of(
            "bash",
            "sh",
            "cat",
            "dirname",
            "find",
            "flock",
            "grep",
            "head",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch");
    private static final String OTHER_JDKS = "/usr/lib/jvm/";

    private final Path folder;
    private final Path bin;
    private final Path home;
    private Path jdk;

    TestingCheckout(Path folder) throws IOException {
        this.folder = folder;
        bin = Files.createDirectory(folder.resolve("bin"));
        home = Files.createDirectory(folder.resolve("a checkout"));
        for (String tool : TOOLS) {
            Optional<Path> found = find(tool);
            if (found.isPresent()) {
                Files.createSymbolicLink(bin.resolve(tool), found.get());
            }
        }
        String script = Files.readString(TestingStack.home().resolve("retally"));
        if (!script.contains(OTHER_JDKS)) {
            throw new IllegalStateException("the script no longer looks for JDKs in " + OTHER_JDKS);
        }
        executable(script(), script.replace(OTHER_JDKS, folder.resolve("jvm") + "/"));
        Files.createFile(home.resolve("pom.xml"));
        for (String module : List.of("core", "oracle", "sql", "documents", "udfs", "jobs", "devkit", "bench")) {
            Files.createDirectory(home.resolve(module));
        }
        jdk = java("jdk", "17.0.9");
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    }

    /** Where a tool is on this machine. */
    static Optional<Path> find(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Path script() {
        return home.resolve("retally");
    }

    Path file(String name) {
        return home.resolve(name);
    }

    /** The folder that JAVA_HOME names. */
    void useJdk(Path other) {
        jdk = other;
    }

    /** A folder with a {@code java} that knows its version and says what it is to run, without a compiler. */
    Path java(String name, String version) throws IOException {
        return java(name, """
                if [ "$1" = -version ]; then echo 'openjdk version "%s" 2023-10-17' >&2; exit; fi
                for last; do :; done
                echo "java runs $last"
                """.formatted(version), 0);
    }

    /** A folder with a {@code java} that does this. */
    Path java(String name, String commands, int exitCode) throws IOException {
        Path root = folder.resolve(name);
        Files.createDirectories(root.resolve("bin"));
        executable(root.resolve("bin/java"), "#!/bin/sh\n" + commands + "\nexit " + exitCode + "\n");
        return root;
    }

    /** What this tool does from now on. */
    void tool(String name, String commands) throws IOException {
        Files.deleteIfExists(bin.resolve(name));
        executable(bin.resolve(name), "#!/bin/sh\n" + commands);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    /** How a command ended, and what it and its children said. */
    record Outcome(int exitCode, String said) {}

    Outcome run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script().toString()));
        command.addAll(Arrays.asList(words));
        return outcome(command);
    }

    /** The same, with a terminal, which util-linux's {@code script} makes. */
    Outcome runOnATerminal(Path scriptTool, String word) throws IOException, InterruptedException {
        return outcome(List.of(scriptTool.toString(), "-qec", "'" + script() + "' " + word, "/dev/null"));
    }

    /** Runs any command in this machine. */
    Outcome outcome(List<String> command) throws IOException, InterruptedException {
        // A file and no pipe: a child that is left behind would keep a pipe open.
        Path said = Files.createTempFile(folder, "said", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        bin.toString(),
                        "JAVA_HOME",
                        jdk.toString(),
                        "SHELL",
                        bin.resolve("bash").toString(),
                        "TERM",
                        "dumb"));
        Process process = builder.start();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException(command + " does not end; it said: " + Files.readString(said));
        }
        return new Outcome(process.exitValue(), Files.readString(said));
    }
}
