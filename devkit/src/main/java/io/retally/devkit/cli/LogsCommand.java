package io.retally.devkit.cli;

import io.retally.devkit.stack.Part;
import io.retally.devkit.stack.StackException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `logs`: the end of a part's log. */
@Command(
        name = "logs",
        description =
                "Shows the end of a part's log: keeper, connect, taskmanager, jobmanager, mongodb, kafka or postgres.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./retally logs taskmanager",
            "  ./retally logs connect --lines 500",
            "  ./retally logs keeper --follow"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LogsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirOption dir;

    @Parameters(index = "0", paramLabel = "PART", description = "A part of the stack.")
    private String part;

    @Option(names = "--lines", paramLabel = "N", defaultValue = "50", description = "How many lines; 50 if not given.")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written, until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() throws Exception {
        Part known = Part.ofLabel(part)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "no part is called '" + part + "'; there are " + Part.labels()));
        if (lines < 0) {
            throw new ParameterException(spec.commandLine(), "--lines must not be negative");
        }
        Path log = dir.dir().log(known);
        if (!Files.exists(log)) {
            throw new StackException(
                    "there is no log " + log, "start the stack with `./retally up`, or name its --dir");
        }
        PrintWriter out = spec.commandLine().getOut();
        long end = Files.size(log);
        LogTail.of(log, lines).forEach(out::println);
        out.flush();
        if (follow) {
            follow(log, end, out);
        }
        return 0;
    }

    private static void follow(Path log, long from, PrintWriter out) throws Exception {
        long position = from;
        while (true) {
            long size = Files.exists(log) ? Files.size(log) : 0;
            if (size < position) {
                position = 0; // begun anew
            }
            if (size > position) {
                byte[] bytes = new byte[(int) Math.min(size - position, 1 << 16)];
                try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
                    file.seek(position);
                    file.readFully(bytes);
                }
                position += bytes.length;
                out.print(new String(bytes, StandardCharsets.UTF_8));
                out.flush();
            } else {
                Thread.sleep(200);
            }
        }
    }
}
