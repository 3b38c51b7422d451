package io.retally.bench.query;

import io.retally.devkit.stack.StackDir;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A MariaDB server of the system's package, with a folder of its own, that is reached by its socket alone. */
final class MariaDbServer implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 60;

    private final Path folder;
    private final Process process;
    private final Thread onInterrupt;

    private MariaDbServer(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.onInterrupt = new Thread(process::destroy, "stop-mariadb");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** Whether server, installer and client are there. */
    static boolean isInstalled() {
        return Stream.of("mariadbd", "mariadb-install-db", "mariadb")
                .allMatch(program -> find(program).isPresent());
    }

    private static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                        Arrays.stream(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(place -> Path.of(place).resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String program(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not installed"))
                .toString();
    }

    /** @param folder is removed before and after */
    static MariaDbServer start(Path folder) throws IOException, InterruptedException {
        StackDir.removeTree(folder);
        Files.createDirectories(folder);
        String user = "--user=" + System.getProperty("user.name");
        Path data = folder.resolve("data");
        Process installation = launch(
                folder,
                List.of(
                        program("mariadb-install-db"),
                        "--no-defaults",
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db",
                        "--datadir=" + data,
                        user));
        if (installation.waitFor() != 0) {
            throw Peer.unusable("MariaDB", "its tables cannot be installed: " + end(folder));
        }
        // A buffer that holds what is read, memory for hash joins and groups, both as for a machine of its own.
        Process server = launch(
                folder,
                List.of(
                        program("mariadbd"),
                        "--no-defaults",
                        user,
                        "--datadir=" + data,
                        "--socket=" + socket(folder),
                        "--pid-file=" + folder.resolve("pid"),
                        "--skip-networking",
                        "--skip-log-bin",
                        "--secure-file-priv=",
                        "--default-time-zone=+00:00",
                        "--character-set-server=utf8mb4",
                        "--collation-server=utf8mb4_nopad_bin",
                        "--innodb-buffer-pool-size=2G",
                        "--innodb-log-file-size=1G",
                        "--innodb-flush-log-at-trx-commit=0",
                        "--innodb-doublewrite=0",
                        "--tmp-table-size=1G",
                        "--max-heap-table-size=1G",
                        "--join-buffer-size=64M",
                        "--join-buffer-space-limit=256M",
                        "--join-cache-level=8",
                        "--sort-buffer-size=64M"));
        MariaDbServer started = new MariaDbServer(folder, server);
        try {
            started.awaitStart();
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private void awaitStart() throws IOException, InterruptedException {
        for (int second = 0; second < START_SECONDS; second++) {
            List<String> ping = new ArrayList<>(client());
            ping.add("--execute=select 1");
            if (launch(folder, ping).waitFor() == 0) {
                return;
            }
            if (process.waitFor(1, TimeUnit.SECONDS)) {
                break;
            }
        }
        throw Peer.unusable("MariaDB", "it does not start: " + end(folder));
    }

    /** The command of its client, which reads statements from its input. */
    List<String> client() {
        return List.of(
                program("mariadb"),
                "--no-defaults",
                "--socket=" + socket(folder),
                "--user=root",
                "--default-character-set=utf8mb4");
    }

    private static Path socket(Path folder) {
        return folder.resolve("socket");
    }

    private static Process launch(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()))
                .start();
    }

    private static Path log(Path folder) {
        return folder.resolve("log");
    }

    private static String end(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(log(folder));
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly().onExit().join();
            Thread.currentThread().interrupt();
        }
        StackDir.removeTree(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // This process is ending: the hook does the same once more.
        }
    }
}
