package io.retally.devkit.cli;

import io.retally.devkit.stack.StackDir;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option --dir of every command that has to do with a stack. */
final class DirOption {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The stack's folder; .retally in the project's folder if not given.")
    private @Nullable Path dir;

    StackDir dir() {
        Path given = dir;
        return new StackDir(given != null ? given : Path.of(System.getProperty("retally.home", "."), ".retally"));
    }
}
