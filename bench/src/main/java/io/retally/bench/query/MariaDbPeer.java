package io.retally.bench.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB with the documents in it, asked through its own client, one process for all questions: statements go to its input, rows
 * come between tabs.
 */
final class MariaDbPeer implements Peer {
    static final String NAME = "mariadb";

    private static final String END = "(end of the answer)";
    private static final String ERROR = "ERROR ";
    /** Of a statement that took longer than max_statement_time. */
    private static final String TOO_LONG = "ERROR 1969 ";

    private final MariaDbServer server;
    private final Process client;
    private final BufferedReader output;
    private final Writer input;
    private final Dialect dialect = Dialect.of(NAME);
    private final String description;

    private MariaDbPeer(MariaDbServer server) throws IOException, SQLException, TimeoutException {
        this.server = server;
        List<String> command = new ArrayList<>(server.client());
        // Goes on after an error; sends rows on as they come.
        command.addAll(List.of("--batch", "--skip-column-names", "--quick", "--unbuffered", "--force"));
        this.client = new ProcessBuilder(command).redirectErrorStream(true).start();
        this.output = client.inputReader(StandardCharsets.UTF_8);
        this.input = client.outputWriter(StandardCharsets.UTF_8);
        try {
            this.description = "MariaDB " + run("select version()").get(0)[0];
        } catch (IOException | SQLException | TimeoutException | RuntimeException e) {
            client.destroyForcibly();
            throw e;
        }
    }

    /**
     * Starts a server and loads it.
     *
     * @param exported the files of the documents
     */
    static Peer start(Path folder, Path exported)
            throws IOException, InterruptedException, SQLException, TimeoutException {
        MariaDbServer server = MariaDbServer.start(folder);
        try {
            MariaDbPeer peer = new MariaDbPeer(server);
            peer.load(exported);
            return peer;
        } catch (IOException | SQLException | TimeoutException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void load(Path exported) throws IOException, SQLException, TimeoutException {
        run("create database documents");
        run("use documents");
        for (String statement : Dialect.script(NAME, "tables")) {
            run(statement);
        }
        run("set unique_checks = 0, foreign_key_checks = 0");
        for (RawDocuments.Table table : RawDocuments.TABLES) {
            run("load data infile '%s' into table %s character set utf8mb4"
                    .formatted(table.file(exported), table.name()));
        }
        for (String statement : Dialect.script(NAME, "indexes")) {
            run(statement);
        }
        run("set max_statement_time = " + PATIENCE.toSeconds());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<@Nullable Object[]> ask(Asking asking, String now) throws SQLException, TimeoutException {
        try {
            return run(dialect.literal(asking, now, value -> "'" + value.replace("'", "''") + "'"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<@Nullable Object[]> run(String statement) throws IOException, SQLException, TimeoutException {
        input.write(statement + ";\nselect '" + END + "';\n");
        input.flush();
        List<@Nullable Object[]> rows = new ArrayList<>();
        String error = null;
        for (String line = output.readLine(); !END.equals(line); line = output.readLine()) {
            if (line == null) {
                throw Peer.unusable("MariaDB", "its client has ended" + (error == null ? "" : ": " + error));
            }
            if (line.startsWith(ERROR)) {
                error = line;
            } else {
                rows.add(values(line));
            }
        }
        if (error == null) {
            return rows;
        }
        if (error.startsWith(TOO_LONG)) {
            throw new TimeoutException(error);
        }
        throw new SQLException(error);
    }

    /** Values with a backslash before tabs, line feeds and backslashes. */
    private static @Nullable Object[] values(String line) {
        String[] escaped = line.split("\t", -1);
        @Nullable Object[] values = new @Nullable Object[escaped.length];
        for (int column = 0; column < escaped.length; column++) {
            String value = escaped[column];
            values[column] = value.equals("NULL") ? null : value.translateEscapes();
        }
        return values;
    }

    @Override
    public void close() {
        client.destroyForcibly().onExit().join();
        server.close();
    }
}
