package io.retally.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The documents as prefixes of the change logs leave them, worked out in a scratch database: every statement about a
 * document becomes a row of schema {@code changes} with a rising number, and the last one of each id goes to
 * {@code source.*}. Memory is bounded by the writers' buffers; the database sorts.
 *
 * <p>The live topic alone decides as soon as it has said anything of an id: a document, usable or not, or a deletion.
 */
public final class CurrentDocuments {
    static final String SCHEMA = "changes";

    private final AtomicLong sequence = new AtomicLong();

    private CurrentDocuments() {}

    /** Where a statement about a document comes from. */
    public enum Origin {
        /** A topic of documents from elsewhere. */
        BACKFILL(0),
        /** Known to have been mentioned by the live topic, what it said being looked up in the database itself. */
        LIVE_MENTION(1),
        /** The live topic, or the database itself. */
        LIVE(2);

        private final int precedence;

        Origin(int precedence) {
            this.precedence = precedence;
        }

        int precedence() {
            return precedence;
        }
    }

    /** Creates the contract's schema {@code source} and room for changes in an empty scratch database. */
    public static CurrentDocuments in(Connection scratch) throws SQLException {
        Statements.run(scratch, ContractSql.source(), "create schema " + SCHEMA);
        for (SourceTable table : SourceTable.values()) {
            String name = table.tableName();
            // Scratch: a crash means starting again, so no write-ahead log.
            Statements.run(
                    scratch,
                    "alter table source." + name + " set unlogged",
                    "create unlogged table " + SCHEMA + "." + name
                            + " as select 0::bigint as seq, 0 as origin, false as usable, t.* from source."
                            + name + " t with no data");
        }
        return new CurrentDocuments();
    }

    /**
     * A writer of changes. All messages of one partition go through one writer, in their order; partitions may be spread
     * over writers, each with a connection and a thread of its own.
     */
    public ChangeWriter writer(Connection own) {
        return new ChangeWriter(own, sequence);
    }

    /** Fills {@code source.*} with the last statement of each id, once every writer is closed, and drops the changes. */
    public void settle(Connection scratch, Progress progress) throws SQLException {
        Statements.generous(scratch);
        int done = 0;
        int total = SourceTable.values().length;
        for (SourceTable table : SourceTable.values()) {
            progress.beginning("source." + table.tableName(), done++, total);
            settle(scratch, table);
        }
        Statements.run(scratch, "drop schema " + SCHEMA + " cascade");
    }

    private static void settle(Connection scratch, SourceTable table) throws SQLException {
        String name = table.tableName();
        String changes = SCHEMA + "." + name;
        String columns = columnList(table.columns());
        String rows;
        if (table == SourceTable.LESSON) {
            rows = "select " + columns + " from " + changes + " where seq in (select seq from " + SCHEMA + ".winner)";
        } else if (table == SourceTable.PROGRAM) {
            Statements.run(
                    scratch,
                    "create unlogged table " + SCHEMA + ".winner as " + last(changes, "seq, usable"),
                    "analyze " + SCHEMA + ".winner");
            rows = "select " + columns + " from " + changes + " where seq in (select seq from " + SCHEMA
                    + ".winner where usable)";
        } else {
            rows = "select " + columns + " from (" + last(changes, "usable, " + columns) + ") w where usable";
        }
        // Without the key, which an id can be too long for: all that is asked reads whole tables.
        Statements.run(
                scratch,
                "analyze " + changes,
                "alter table source." + name + " drop constraint " + name + "_pkey",
                "insert into source." + name + " (" + columns + ") " + rows,
                "analyze source." + name,
                table == SourceTable.PROGRAM ? "select" : "drop table " + changes);
    }

    /** Byte order, whatever the database's collation: any order does, and this one is quick. */
    private static String last(String changes, String columns) {
        return "select distinct on (id collate \"C\") " + columns + " from " + changes
                + " order by id collate \"C\", origin desc, seq desc";
    }

    static String columnList(List<String> columns) {
        return columns.stream().collect(Collectors.joining(", ")).toLowerCase(Locale.ROOT);
    }
}
