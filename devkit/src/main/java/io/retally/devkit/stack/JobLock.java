package io.retally.devkit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The right to stop and submit the stack's job, and to note it down: one process at a time. It ends with its holder. */
final class JobLock implements AutoCloseable {
    private final FileChannel channel;

    private JobLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty when somebody else has it. */
    static Optional<JobLock> tryTake(StackDir dir) {
        try {
            Files.createDirectories(dir.flink());
            FileChannel channel = FileChannel.open(
                    dir.flink().resolve("job.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return Optional.of(new JobLock(channel));
                }
            } catch (OverlappingFileLockException e) {
                // held in this very process
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock the job of " + dir.root(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
