package io.retally.devkit.report;

import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.stack.Home;
import io.retally.devkit.stack.ReporterLogin;
import io.retally.devkit.stack.StackDir;
import io.retally.devkit.stack.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Flink's SQL client in a process of its own, on this one's terminal. */
public final class SqlShell {
    private static final String MAIN = "org.apache.flink.table.client.SqlClient";

    /** What the client says of a statement that it could not run. */
    private static final String FAILED = "[ERROR] Could not execute SQL statement";

    private final Home home;
    private final Path folder;

    /** @param folder for what it begins with, the passwords that it needs, and its log */
    public SqlShell(Home home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /**
     * Returns when it ends.
     *
     * @param variables of the catalogue
     * @param file statements to run instead of those of the terminal; null: none
     * @param said hears what it says when it is not on the terminal
     * @return its exit code
     */
    public int run(Endpoints endpoints, Map<String, String> variables, @Nullable Path file, Consumer<String> said)
            throws IOException, InterruptedException, SQLException {
        if (file != null && !Files.isRegularFile(file)) {
            throw new StackException(
                    "there is no file " + file, "name a file with statements, each ended by a semicolon");
        }
        Path passwords = folder.resolve("shell-pgpass");
        ReporterLogin login = ReporterLogin.in(folder, endpoints.postgres());
        StackDir.writePrivately(
                passwords,
                login.pgpassLine() + "\n" + endpoints.postgresReader().pgpassLine() + "\n");
        List<String> client = new ArrayList<>(List.of(
                "embedded",
                "--init",
                beginning(endpoints, variables, file != null).toString()));
        if (file != null) {
            client.addAll(List.of("--file", file.toAbsolutePath().toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(home.sqlClient(
                List.of("-Duser.timezone=UTC", "-Dlog.file=" + folder.resolve("shell.log")), MAIN, client));
        if (file == null) {
            builder.inheritIO();
        } else {
            builder.redirectErrorStream(true);
        }
        builder.environment()
                .putAll(Map.of(
                        "PGPASSFILE",
                        passwords.toString(),
                        "FLINK_CONF_DIR",
                        home.root().resolve("flink-conf").resolve("embedded").toString()));
        Process process = builder.start();
        Thread endWithThis = new Thread(process::destroy, "end-shell");
        Runtime.getRuntime().addShutdownHook(endWithThis);
        if (file != null) {
            boolean failed = false;
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    said.accept(line);
                    failed |= line.contains(FAILED);
                }
            }
            // The client ends with 0 whatever became of the statements.
            return Math.max(process.waitFor(), failed ? 1 : 0);
        }
        return process.waitFor();
    }

    /** Writes the statements that the session begins with. */
    private Path beginning(Endpoints endpoints, Map<String, String> variables, boolean printed)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("shell", "--reader", endpoints.postgresReader().user()));
        variables.forEach((name, value) -> arguments.addAll(List.of("--var", name + "=" + value)));
        List<String> lines = new ArrayList<>();
        List<String> wrong =
                new SqlReport(home, folder.resolve("shell-catalog.log")).run(arguments, Map.of(), lines::add);
        if (!wrong.isEmpty()) {
            throw new StackException(String.join("\n", wrong), "mend the catalogue");
        }
        Path checkpoints = folder.resolve("checkpoints").resolve("shell");
        StackDir.removeTree(checkpoints);
        lines.add("SET 'execution.checkpointing.dir' = '" + checkpoints.toUri() + "';");
        lines.add("SET 'execution.checkpointing.externalized-checkpoint-retention' = 'DELETE_ON_CANCELLATION';");
        if (printed) {
            // The other modes show a result on a screen of its own, which takes a terminal.
            lines.add("SET 'sql-client.execution.result-mode' = 'tableau';");
        }
        Path script = folder.resolve("shell.sql");
        StackDir.writePrivately(script, String.join("\n", lines) + "\n");
        return script;
    }
}
