package io.retally.devkit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints that a stopped cluster has left: `JOB/chk-N`, complete when `_metadata` is there. */
final class Checkpoints {
    private Checkpoints() {}

    /** The newest complete one of all jobs that ever ran in this folder. */
    static Optional<Path> newest(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(folder, 2, (file, attributes) -> isComplete(file))) {
            return files.max(Comparator.comparing(Checkpoints::writtenAt).thenComparingLong(Checkpoints::number));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    private static boolean isComplete(Path checkpoint) {
        return checkpoint.getFileName().toString().matches("chk-\\d+")
                && Files.isRegularFile(checkpoint.resolve("_metadata"));
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    private static FileTime writtenAt(Path checkpoint) {
        try {
            return Files.getLastModifiedTime(checkpoint.resolve("_metadata"));
        } catch (IOException e) {
            return FileTime.fromMillis(0); // removed meanwhile: older than any that is there
        }
    }
}
