package io.retally.devkit.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a part is started: its command line and additions to the environment. Kept so that the keeper can do it again. */
record Launch(Part part, List<String> command, Map<String, String> environment) {
    private static final String ARGUMENT = "argument ";
    private static final String VARIABLE = "variable ";

    /** The same with these variables besides. */
    Launch with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new Launch(part, command, Map.copyOf(all));
    }

    /** Starts the part in a session of its own, so that neither a terminal's Ctrl-C nor its end reaches it. */
    Process start(StackDir dir) {
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            line.add("/usr/bin/setsid");
        }
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(dir.root().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.log(part).toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            ProcessId.of(process.toHandle()).write(dir.pid(part));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + part.label(), e);
        }
    }

    /**
     * The same process of Flink's with jobs' jars on its class path, whose classes it takes instead of a submitted jar's. It may be
     * silent for as long as Flink has it by default: to deploy a job of a hundred states takes a busy task manager longer than the five
     * seconds after which the stack counts one as dead.
     */
    Launch ofFlinkWithJobs(List<Path> jars) {
        List<String> with = new ArrayList<>(command);
        int classPath = with.indexOf("-cp") + 1;
        for (Path jar : jars) {
            with.set(classPath, with.get(classPath) + File.pathSeparator + jar);
        }
        with.addAll(List.of("-D", "classloader.resolve-order=parent-first", "-D", "heartbeat.timeout=50000"));
        return new Launch(part, with, environment);
    }

    private static File nothing() {
        return new File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    /** A line for each argument, and one for each variable with its value; coded, as they may hold anything. */
    void save(StackDir dir) {
        List<String> lines = new ArrayList<>();
        command.forEach(argument -> lines.add(ARGUMENT + coded(argument)));
        environment.forEach((name, value) -> lines.add(VARIABLE + coded(name) + " " + coded(value)));
        StackDir.writePrivately(dir.launch(part), String.join("\n", lines) + "\n");
    }

    static Launch load(StackDir dir, Part part) throws IOException {
        List<String> command = new ArrayList<>();
        Map<String, String> environment = new HashMap<>();
        for (String line : Files.readAllLines(dir.launch(part))) {
            if (line.startsWith(ARGUMENT)) {
                command.add(decoded(line.substring(ARGUMENT.length())));
            } else {
                String[] pair = line.substring(VARIABLE.length()).split(" ", 2);
                environment.put(decoded(pair[0]), decoded(pair[1]));
            }
        }
        return new Launch(part, command, environment);
    }

    private static String coded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }
}
