package io.retally.devkit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a part is started: its command line and additions to the environment. Kept so that the keeper can do it again. */
record Launch(Part part, List<String> command, Map<String, String> environment) {

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

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    void save(StackDir dir) {
        String text = command.stream().map(Launch::coded).collect(Collectors.joining("\n"))
                + "\n\n"
                + environment.entrySet().stream()
                        .map(entry -> coded(entry.getKey()) + " " + coded(entry.getValue()))
                        .collect(Collectors.joining("\n"));
        StackDir.writePrivately(dir.launch(part), text);
    }

    static Launch load(StackDir dir, Part part) throws IOException {
        String[] halves = Files.readString(dir.launch(part)).split("\n\n", -1);
        List<String> command = halves[0].lines().map(Launch::decoded).toList();
        Map<String, String> environment = halves[1]
                .lines()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        return new Launch(part, command, environment);
    }

    private static String coded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }
}
