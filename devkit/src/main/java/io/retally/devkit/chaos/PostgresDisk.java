package io.retally.devkit.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file system of PostgreSQL's own, in memory, that can be made full without anything being written: its limit is lowered to
 * what is in it. Needs the right to mount, which root has outside of most containers.
 */
final class PostgresDisk {
    private static final String SIZE = "8g"; // a limit; takes memory as it is used

    private final Path folder;

    private PostgresDisk(Path folder) {
        this.folder = folder;
    }

    /** Empty when this user may not mount. */
    static Optional<PostgresDisk> mount(Path folder) {
        try {
            Files.createDirectories(folder);
            unmount(folder); // of a run that was killed
            if (run("mount", "-t", "tmpfs", "-o", "size=" + SIZE + ",mode=700", "retally-chaos", folder.toString())) {
                return Optional.of(new PostgresDisk(folder));
            }
            Files.delete(folder);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void fill() throws IOException {
        FileStore store = Files.getFileStore(folder);
        long used = store.getTotalSpace() - store.getUnallocatedSpace();
        // Something may be removed while the limit is set; what is left then is small.
        remount(Long.toString(used));
    }

    void free() throws IOException {
        remount(SIZE);
    }

    private void remount(String size) throws IOException {
        if (!run("mount", "-o", "remount,size=" + size, folder.toString())) {
            throw new IOException("cannot set the size of " + folder + " to " + size);
        }
    }

    /** What is in it is gone then. Does nothing to a folder on which nothing is mounted. */
    static void unmount(Path folder) throws IOException {
        if (isMounted(folder) && !run("umount", folder.toString())) {
            run("umount", "--lazy", folder.toString());
        }
    }

    private static boolean isMounted(Path folder) throws IOException {
        Path mounts = Path.of("/proc/mounts");
        return Files.isReadable(mounts)
                && Files.readString(mounts).contains(" " + folder.toString().replace(" ", "\\040") + " tmpfs ");
    }

    private static boolean run(String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(command));
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
