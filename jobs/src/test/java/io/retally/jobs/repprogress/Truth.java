package io.retally.jobs.repprogress;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.document.Origin;
import io.retally.oracle.ChangeWriter;
import io.retally.oracle.Comparison;
import io.retally.oracle.CurrentDocuments;
import io.retally.oracle.Oracle;
import io.retally.oracle.Progress;
import io.retally.oracle.Published;
import io.retally.oracle.SourceCollection;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The contract's SQL over the documents that messages leave, as what the published tables must equal. */
final class Truth {

    private static final String SCRATCH = "scratch";

    private final EmbeddedPostgres postgres;

    /** The tables are in database {@code postgres} of this server. */
    Truth(EmbeddedPostgres postgres) throws SQLException {
        this.postgres = postgres;
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            run(connection, "create database " + SCRATCH);
        }
    }

    /**
     * Compares one snapshot of the tables, row by row.
     *
     * @param messages the messages that what is published stands for, those of one partition in order
     * @return those of them that the contract wants among the dead letters, by identity
     */
    Set<RandomChangeLog.Message> assertPublished(
            String what, Function<Published, List<RandomChangeLog.Message>> messages) throws SQLException {
        try (Connection serving = postgres.getPostgresDatabase().getConnection();
                Connection scratch = connectToScratch()) {
            for (String schema : List.of("source", "changes", "contract", "published")) {
                run(scratch, "drop schema if exists " + schema + " cascade");
            }
            Published published = Published.copy(serving, scratch);
            List<RandomChangeLog.Message> said = messages.apply(published);
            Set<RandomChangeLog.Message> deadLetters = settle(scratch, said);
            Oracle.evaluate(scratch, Progress.SILENT);
            Comparison comparison = Comparison.compare(scratch, Progress.SILENT);
            assertThat(comparison.isEqual())
                    .as("%s, %d messages:%n%s", what, said.size(), comparison)
                    .isTrue();
            return deadLetters;
        }
    }

    private Set<RandomChangeLog.Message> settle(Connection scratch, List<RandomChangeLog.Message> messages)
            throws SQLException {
        Set<RandomChangeLog.Message> deadLetters = Collections.newSetFromMap(new IdentityHashMap<>());
        CurrentDocuments documents = CurrentDocuments.in(scratch);
        try (Connection own = connectToScratch();
                ChangeWriter writer = documents.writer(own)) {
            for (RandomChangeLog.Message message : messages) {
                ChangeWriter.Heard heard = writer.add(
                        SourceCollection.valueOf(message.collection().name()),
                        message.origin() == Origin.LIVE
                                ? CurrentDocuments.Origin.LIVE
                                : CurrentDocuments.Origin.BACKFILL,
                        message.key(),
                        message.value());
                if (heard.said().isDeadLetter()) {
                    deadLetters.add(message);
                }
            }
        }
        documents.settle(scratch, Progress.SILENT);
        return deadLetters;
    }

    private Connection connectToScratch() throws SQLException {
        return postgres.getDatabase("postgres", SCRATCH).getConnection();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
