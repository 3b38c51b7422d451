package io.retally.bench.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a benchmark writes its results, besides the terminal; mixed into its command. */
public final class ResultOptions {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results there.")
    private @Nullable Path json;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Replace the results in this page, as in docs/benchmarks.md.")
    private @Nullable Path markdown;

    public void write(Result result, PrintWriter out) throws IOException {
        out.print(result.markdown());
        out.flush();
        if (json != null) {
            Files.writeString(json, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result.json()) + "\n");
        }
        if (markdown != null) {
            Page.write(markdown, result);
        }
    }
}
