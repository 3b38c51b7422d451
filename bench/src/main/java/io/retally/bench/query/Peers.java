package io.retally.bench.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The engines that are asked through JDBC, with the documents in them. */
final class Peers {
    static final String POSTGRES = "postgres";
    static final String DUCKDB = "duckdb";

    private Peers() {}

    /** In the server that the tables are in. Memory for sorts and hashes as for one who has the machine for himself. */
    static Peer postgres(RawDocuments documents) throws SQLException {
        Connection connection = documents.connect();
        List<String> statements = new ArrayList<>(List.of(
                "set maintenance_work_mem = '512MB'",
                "set work_mem = '256MB'",
                "set timezone = 'UTC'",
                // Values are known when a statement is planned, as they would be in one that is asked once.
                "set plan_cache_mode = force_custom_plan"));
        statements.addAll(Dialect.script(POSTGRES, "schema"));
        RawDocuments.TABLES.stream()
                .filter(table -> !table.name().equals("lesson_question"))
                .forEach(table -> statements.add("vacuum (analyze) source." + table.name()));
        JdbcPeer.run(connection, statements);
        return new JdbcPeer(POSTGRES, connection);
    }

    /**
     * In this process, with a file for its tables.
     *
     * @param exported the files of the documents
     */
    static Peer duckDb(Path folder, Path exported) throws SQLException, IOException {
        Files.createDirectories(folder);
        Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("documents.duckdb"));
        List<String> statements = new ArrayList<>(List.of("set memory_limit = '4GB'", "set timezone = 'UTC'"));
        statements.addAll(Dialect.script(DUCKDB, "tables"));
        for (RawDocuments.Table table : RawDocuments.TABLES) {
            statements.add(
                    "copy %s from '%s' (format csv, header false, delimiter '\t', nullstr '\\N', quote '', escape '')"
                            .formatted(table.name(), table.file(exported)));
        }
        statements.addAll(Dialect.script(DUCKDB, "views"));
        statements.add("checkpoint");
        JdbcPeer.run(connection, statements);
        return new JdbcPeer(DUCKDB, connection);
    }
}
