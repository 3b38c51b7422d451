package io.retally.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A benchmark run by a test as a user runs it. What it says is shown at once; its end is the message of a failure. */
public final class BenchRun {
    private static final int LINES_OF_MESSAGE = 30;

    private BenchRun() {}

    /**
     * Runs it to its end on a stack of its own, and fails unless it succeeds.
     *
     * @param folder an empty one, for the stack and the result
     * @param arguments of {@code ./retally bench}, without its folder and result
     * @return the result
     */
    public static JsonNode succeed(Path folder, String... arguments) throws IOException {
        System.setProperty(
                "retally.home", Path.of("..").toAbsolutePath().normalize().toString());
        Path json = folder.resolve("result.json");
        StringWriter said = new StringWriter();
        PrintWriter out =
                new PrintWriter(new Both(said, new OutputStreamWriter(System.out, StandardCharsets.UTF_8)), true);
        int exitCode = new CommandLine(new BenchCommand())
                .setOut(out)
                .setErr(out)
                .execute(Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "--json",
                                        json.toString(),
                                        "--dir",
                                        folder.resolve("stack").toString()))
                        .toArray(String[]::new));
        assertThat(exitCode).as(() -> end(said.toString())).isZero();
        return new ObjectMapper().readTree(Files.readString(json));
    }

    private static String end(String said) {
        List<String> lines = said.lines().toList();
        return lines.stream()
                .skip(Math.max(0, lines.size() - LINES_OF_MESSAGE))
                .collect(Collectors.joining("\n", "it ended with\n", "\n"));
    }

    /** Keeps what it passes on. */
    private static final class Both extends FilterWriter {
        private final StringWriter kept;

        Both(StringWriter kept, OutputStreamWriter shown) {
            super(shown);
            this.kept = kept;
        }

        @Override
        public void write(int character) throws IOException {
            kept.write(character);
            super.write(character);
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            kept.write(characters, offset, length);
            super.write(characters, offset, length);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            kept.write(text, offset, length);
            super.write(text, offset, length);
        }
    }
}
