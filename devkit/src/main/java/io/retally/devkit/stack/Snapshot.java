package io.retally.devkit.stack;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A complete checkpoint or savepoint on disk: what a job can go on from.
 *
 * @param checkpoint its number. A job counts on from what it was restored from, and savepoints count, too; so over all jobs
 *     of a stack the highest number is the newest state, whatever clocks said
 */
record Snapshot(Path path, long checkpoint, FileTime writtenAt) {
    /** What Flink begins every {@code _metadata} with; the format's version follows, then the checkpoint's number. */
    private static final int MAGIC = 0x4960672d;

    private static final Comparator<Snapshot> AGE =
            Comparator.comparingLong(Snapshot::checkpoint).thenComparing(Snapshot::writtenAt);

    boolean isSavepoint() {
        return path.getFileName().toString().startsWith("savepoint-");
    }

    /** The newest of all checkpoints ({@code JOB/chk-N}) and savepoints ({@code savepoint-…}) of a stack. */
    static Optional<Snapshot> newest(StackDir dir) {
        return Stream.of(dir.checkpoints(), dir.savepoints())
                .flatMap(folder -> newestIn(folder).stream())
                .max(AGE);
    }

    /** The newest of a folder of checkpoints or savepoints. */
    static Optional<Snapshot> newestIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(folder, 2, (file, attributes) -> isNamedSo(file))) {
            return files.flatMap(path -> at(path).stream()).max(AGE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    private static boolean isNamedSo(Path path) {
        return path.getFileName().toString().matches("chk-\\d+|savepoint-.+");
    }

    /** Empty when it is not complete, or was removed meanwhile: its metadata is written last, whole, and removed first. */
    static Optional<Snapshot> at(Path path) {
        Path metadata = path.resolve("_metadata");
        try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
            if (in.readInt() != MAGIC) {
                throw new StackException(metadata + " is none of Flink's", "remove " + path);
            }
            in.readInt();
            return Optional.of(new Snapshot(path, in.readLong(), Files.getLastModifiedTime(metadata)));
        } catch (NoSuchFileException | EOFException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + metadata, e);
        }
    }

    /** Bytes of all its files. */
    long size() {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
