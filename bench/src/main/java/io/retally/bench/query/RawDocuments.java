package io.retally.bench.query;

import io.retally.bench.stack.Loading;
import io.retally.devkit.stack.Endpoints;
import io.retally.devkit.verify.DocumentLogs;
import io.retally.devkit.verify.Logs;
import io.retally.devkit.verify.Scratch;
import io.retally.oracle.CurrentDocuments;
import io.retally.oracle.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The documents as the logs leave them, one typed column a field: in a PostgreSQL database of their own, and as files for other
 * engines.
 */
final class RawDocuments implements AutoCloseable {
    /**
     * A table of the files.
     *
     * @param query its columns and rows
     */
    record Table(String name, String query) {
        Path file(Path folder) {
            return folder.resolve(name + ".tsv");
        }
    }

    /** Times in UTC, flags as 0 and 1; interactions in an order that keeps what is asked together. */
    static final List<Table> TABLES = List.of(
            new Table("account", "select id, name, time_zone from source.account"),
            new Table("team", "select id, account_id, name from source.team"),
            new Table(
                    "contact",
                    "select id, account_id, team_id, name, removed_at at time zone 'UTC' from source.contact"),
            new Table("program", "select id, account_id, name, kind, pass_percent from source.program"),
            new Table("lesson", """
                    select program_id, id, ordinal, title, required::int, (video_seconds + 14) / 15,
                           cardinality(question_ids)
                    from source.lesson"""),
            new Table("lesson_question", """
                    select distinct program_id, id, unnest(question_ids) from source.lesson"""),
            new Table("enrollment", """
                    select id, account_id, contact_id, program_id, enrolled_at at time zone 'UTC',
                           due_at at time zone 'UTC', withdrawn_at at time zone 'UTC'
                    from source.enrollment"""),
            new Table("interaction", """
                    select id, account_id, contact_id, program_id, lesson_id, verb, at at time zone 'UTC', segment,
                           question_id, correct::int
                    from source.interaction order by program_id, contact_id, lesson_id, id"""));

    private final Scratch scratch;

    private RawDocuments(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Reads the logs to their present ends. */
    static RawDocuments read(Endpoints endpoints) throws Exception {
        Scratch scratch = Scratch.create(endpoints.postgres());
        try (Connection connection = scratch.connect()) {
            CurrentDocuments documents = CurrentDocuments.in(connection);
            new DocumentLogs(new Logs(endpoints.kafkaBootstrap()), documents, scratch, Progress.SILENT)
                    .read(Loading.ends(endpoints), unusable -> {});
            documents.settle(connection, Progress.SILENT);
        } catch (Exception e) {
            scratch.close();
            throw e;
        }
        return new RawDocuments(scratch);
    }

    /** The documents are in schema source, as the contract has it, without keys. */
    Connection connect() throws SQLException {
        return scratch.connect();
    }

    /** Writes a file for each table: values between tabs, \N for none. */
    void export(Path folder) throws SQLException, IOException {
        Files.createDirectories(folder);
        try (Connection connection = connect()) {
            JdbcPeer.run(connection, List.of("set work_mem = '256MB'", "set timezone = 'UTC'"));
            for (Table table : TABLES) {
                try (OutputStream file = Files.newOutputStream(table.file(folder))) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut("copy (" + table.query() + ") to stdout", file);
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        scratch.close();
    }
}
