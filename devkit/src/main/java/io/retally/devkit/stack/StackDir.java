package io.retally.devkit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that holds a stack: logs, pids, secrets, and the data of its parts. Nothing else is written anywhere. */
public record StackDir(Path root) {
    /** What the parts know; removed for a fresh start. */
    private static final List<String> DATA =
            List.of("kafka", "postgres", "flink", "connect", "mongodb", "stack.properties");

    public StackDir {
        root = root.toAbsolutePath().normalize();
    }

    public Path log(Part part) {
        return root.resolve("logs").resolve(part.label() + ".log");
    }

    public Path pid(Part part) {
        return root.resolve("pids").resolve(part.label());
    }

    /** How a part was started, for the keeper to start it again. */
    public Path launch(Part part) {
        return root.resolve("launch").resolve(part.label());
    }

    public Path endpoints() {
        return root.resolve("endpoints.properties");
    }

    /** What this stack is: capture, ports, passwords. */
    public Path settings() {
        return root.resolve("stack.properties");
    }

    public Path pgpass() {
        return root.resolve("pgpass");
    }

    public Path data(Part part) {
        return root.resolve(part.label());
    }

    public Path postgresData() {
        return data(Part.POSTGRES).resolve("data");
    }

    public Path flink() {
        return root.resolve("flink");
    }

    public Path checkpoints() {
        return flink().resolve("checkpoints");
    }

    public Path savepoints() {
        return flink().resolve("savepoints");
    }

    /** Of the job lesson-assignments: its checkpoints' numbers say nothing of those of rep-progress. */
    public Path assignmentsCheckpoints() {
        return flink().resolve("assignments-checkpoints");
    }

    /** What the job was before it was rebuilt at this moment: nothing goes on from there any more. */
    Path replacedState(Instant at) {
        return flink().resolve("replaced-" + at.getEpochSecond());
    }

    /** The jars that the job runs or has run. */
    Path builds() {
        return flink().resolve("builds");
    }

    public void create() {
        try {
            for (String folder : List.of("logs", "pids", "launch", "flink")) {
                Files.createDirectories(root.resolve(folder));
            }
        } catch (IOException e) {
            throw new StackException(
                    "the folder " + root + " cannot be written: " + e.getMessage(), "give another one with --dir", e);
        }
    }

    /** Removes what the parts know, and nothing that the stack did not make. */
    public void removeData() {
        for (String name : DATA) {
            Path data = root.resolve(name);
            if (isMountPoint(data)) {
                removeContent(data); // the folder itself belongs to who has mounted it
            } else {
                removeTree(data);
            }
        }
    }

    private static boolean isMountPoint(Path folder) {
        try {
            return Files.isDirectory(folder)
                    && !Files.getFileStore(folder)
                            .equals(Files.getFileStore(folder.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    private static void removeContent(Path folder) {
        try (Stream<Path> content = Files.list(folder)) {
            content.toList().forEach(StackDir::removeTree);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove what is in " + folder, e);
        }
    }

    /** An empty file system that was mounted for a part holds nothing yet. */
    List<String> existingData() {
        return DATA.stream()
                .filter(name -> Files.exists(root.resolve(name)) && !isEmptyMountPoint(root.resolve(name)))
                .toList();
    }

    private static boolean isEmptyMountPoint(Path folder) {
        if (!isMountPoint(folder)) {
            return false;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    public static void removeTree(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + tree, e);
        }
    }

    /** Writes a file whole or not at all; only its owner may read it. */
    public static void writePrivately(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
            Files.deleteIfExists(draft);
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(draft, text, StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
