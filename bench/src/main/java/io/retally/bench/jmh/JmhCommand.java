package io.retally.bench.jmh;

import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.StackException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** `bench jmh`: single steps of the job, without a stack, in JVMs of their own. */
@Command(
        name = "jmh",
        description = {
            "What single steps of the job take, by JMH: decoding a message, settling a rep, encoding a row.",
            "",
            "They are for those who work on such a step: what a change takes in all is told by `ingest`."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class JmhCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Parts of names, as regular expressions. Default: all.")
    private @Nullable List<String> names;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there, as JMH does.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path target = Home.find().root().resolve("bench/jmh/target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new StackException(
                    "the benchmarks are not in " + target, "build the project: mvn -DskipTests package");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                target.resolve("classes") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                "org.openjdk.jmh.Main"));
        if (json != null) {
            command.addAll(List.of("-rf", "json", "-rff", json.toString()));
        }
        if (names != null) {
            command.addAll(names);
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0 ? 0 : 1;
    }
}
