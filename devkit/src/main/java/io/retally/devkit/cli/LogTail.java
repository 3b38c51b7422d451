package io.retally.devkit.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, however long the log is. */
final class LogTail {
    /** Longer than any screen: 8,000 lines of usual length. */
    private static final int LONGEST_BYTES = 1 << 20;

    private LogTail() {}

    static List<String> of(Path log, int lines) throws IOException {
        List<String> all = lines(log);
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    /** Without the frames of stack traces, between which what failed is hard to find. */
    static List<String> withoutFrames(Path log, int lines) throws IOException {
        List<String> all = lines(log).stream()
                .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t... "))
                .toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    private static List<String> lines(Path log) throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - LONGEST_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
