package io.retally.oracle;

import io.retally.oracle.CurrentDocuments.Origin;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Copies changes to the scratch database, numbered in the order in which they come. For one thread. */
public final class ChangeWriter implements AutoCloseable {
    private static final int FLUSH_CHARS = 1 << 20;

    private final Connection connection;
    private final AtomicLong sequence;
    private final Map<SourceTable, CopyText> pending = new EnumMap<>(SourceTable.class);

    ChangeWriter(Connection connection, AtomicLong sequence) {
        this.connection = connection;
        this.sequence = sequence;
        for (SourceTable table : SourceTable.values()) {
            pending.put(table, new CopyText());
        }
    }

    /** How a message was understood. */
    public enum Said {
        /** A null value. */
        NOTHING,
        /** A document that is usable. */
        DOCUMENT,
        /** The document is gone. */
        GONE,
        /** A document that is not usable: a dead letter. */
        UNUSABLE,
        /** No change at all: a dead letter. */
        NO_CHANGE;

        /** Whether the contract wants the message among the dead letters. */
        public boolean isDeadLetter() {
            return this == UNUSABLE || this == NO_CHANGE;
        }
    }

    /** {@code sourceMillis}: the message's {@code source.ts_ms}, if it is a change that has one. */
    public record Heard(Said said, @Nullable Long sourceMillis) {}

    /** A message of a collection's live or backfill topic. */
    public Heard add(SourceCollection collection, Origin origin, byte @Nullable [] key, byte @Nullable [] value)
            throws SQLException {
        ChangeReader.Message message = ChangeReader.read(key, value);
        Said said;
        if (message.change() instanceof Change.Present present) {
            said = add(collection, origin, present.id(), present.document());
        } else if (message.change() instanceof Change.Gone gone) {
            absent(collection, origin, gone.id());
            said = Said.GONE;
        } else if (message.change() instanceof Change.Unusable unusable) {
            absent(collection, origin, unusable.id());
            said = Said.UNUSABLE;
        } else {
            said = message.change() instanceof Change.Tombstone ? Said.NOTHING : Said.NO_CHANGE;
        }
        return new Heard(said, message.sourceMillis());
    }

    /** A document of the database itself, under its {@code _id}. */
    public Said addDocument(SourceCollection collection, BsonDocument document) throws SQLException {
        String id = document.containsKey("_id") ? Ids.text(document.get("_id")) : null;
        if (id == null) {
            throw new IllegalArgumentException("a document of " + collection.collectionName()
                    + " has no _id that MongoDB could have stored; read it from the database itself");
        }
        return add(collection, Origin.LIVE, id, document);
    }

    /** The live topic has said something of this id: what the backfill says of it no longer counts. */
    public void addMention(SourceCollection collection, String id) throws SQLException {
        absent(collection, Origin.LIVE_MENTION, id);
    }

    private Said add(SourceCollection collection, Origin origin, String id, BsonDocument document) throws SQLException {
        if (DocumentRules.judge(collection, id, document) instanceof Verdict.Usable usable) {
            long number = sequence.incrementAndGet();
            for (SourceRow row : usable.rows()) {
                write(number, origin, true, row.table(), row.values());
            }
            return Said.DOCUMENT;
        }
        absent(collection, origin, id);
        return Said.UNUSABLE;
    }

    private void absent(SourceCollection collection, Origin origin, String id) throws SQLException {
        String stored = DocumentRules.storedId(collection, id);
        // Without a stored form no document with this id is ever usable, and nothing needs to say that it is absent.
        if (stored != null) {
            write(sequence.incrementAndGet(), origin, false, collection.table(), List.of(stored));
        }
    }

    private void write(long number, Origin origin, boolean usable, SourceTable table, List<@Nullable Object> values)
            throws SQLException {
        CopyText text = pending(table);
        text.column(number).column(origin.precedence()).column(usable);
        for (int i = 0; i < table.columns().size(); i++) {
            text.column(i < values.size() ? values.get(i) : null);
        }
        text.endLine();
        if (text.length() > FLUSH_CHARS) {
            flush(table, text);
        }
    }

    private CopyText pending(SourceTable table) {
        CopyText text = pending.get(table);
        if (text == null) {
            throw new IllegalStateException("no buffer for " + table);
        }
        return text;
    }

    private void flush(SourceTable table, CopyText text) throws SQLException {
        String copy = "copy " + CurrentDocuments.SCHEMA + "." + table.tableName() + " from stdin";
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, new StringReader(text.take()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what is pending. The connection stays open. */
    @Override
    public void close() throws SQLException {
        for (SourceTable table : SourceTable.values()) {
            if (pending(table).length() > 0) {
                flush(table, pending(table));
            }
        }
    }
}
