package io.retally.jobs.postgres;

import io.retally.core.serving.Column;
import io.retally.core.serving.ServingTable;
import java.util.List;
import java.util.stream.Collectors;

/** The statements of staging and publication. Table and column names are our own, and need no quoting. */
final class PublicationSql {

    static final String NEXT_CHUNK = "select nextval('staging.chunk_id')";

    /** Staging tables are read by chunk through their index, whatever their statistics say: they change too fast. */
    static final String SETTINGS =
            "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off; "
                    + "set local jit = off";

    static final String LOCK_PUBLICATION = "select lineage, checkpoint from staging.publication for update";
    static final String INSERT_PUBLICATION = "insert into staging.publication (lineage, checkpoint) values (?, ?)";
    static final String UPDATE_PUBLICATION = "update staging.publication set lineage = ?, checkpoint = ?";

    static final String UPDATE_EPOCH =
            "update serving.epoch set epoch = epoch + 1, published_at = clock_timestamp(), source_at = ?";
    static final String INSERT_EPOCH =
            "insert into serving.epoch (epoch, published_at, source_at) values (1, clock_timestamp(), ?)";

    static final String UPSERT_POSITION = "insert into staging.source_position (topic, partition, next_offset) "
            + "values (?, ?, ?) on conflict (topic, partition) do update set next_offset = excluded.next_offset";

    static final String POSITIONS_OF_OTHERS = "select topic, partition, next_offset from staging.source_position "
            + "where exists (select from staging.publication where lineage <> ?)";

    static final String DELETE_POSITIONS = "delete from staging.source_position";

    private PublicationSql() {}

    static String copyToStaging(ServingTable table) {
        return "copy staging.%s (chunk, deleted, %s) from stdin (format binary)"
                .formatted(table.tableName(), names(table.columns(), ""));
    }

    /** Deletes the rows whose deletion was staged. Parameter: the chunks. */
    static String delete(ServingTable table, boolean severalChunks) {
        return "delete from serving.%1$s t using %2$s s where s.deleted and %3$s"
                .formatted(table.tableName(), staged(table, severalChunks), joinOnKey(table));
    }

    /** Writes the rows that were staged and differ from what is there. Parameter: the chunks. */
    static String upsert(ServingTable table, boolean severalChunks) {
        List<Column> rest =
                table.columns().subList(table.keyColumns(), table.columns().size());
        return "insert into serving.%1$s as t (%2$s) select %2$s from %3$s s where not s.deleted "
                        .formatted(table.tableName(), names(table.columns(), ""), staged(table, severalChunks))
                + "on conflict (%1$s) do update set (%2$s) = row(%3$s) where (%4$s) is distinct from (%3$s)"
                        .formatted(names(key(table), ""), names(rest, ""), names(rest, "excluded."), names(rest, "t."));
    }

    /** Forgets staged rows. Parameter: the chunks. */
    static String clear(ServingTable table) {
        return "delete from staging.%s where chunk = any(?)".formatted(table.tableName());
    }

    /** Forgets what earlier runs of the job staged and nobody will publish. Parameter: the first chunk that may be live. */
    static String sweep(ServingTable table) {
        return "delete from staging.%s where chunk < ?".formatted(table.tableName());
    }

    static String deleteAll(ServingTable table) {
        return "delete from serving." + table.tableName();
    }

    /** The staged rows of the chunks; where a row is in several, that of the latest alone. */
    private static String staged(ServingTable table, boolean severalChunks) {
        String keys = names(key(table), "");
        return severalChunks
                ? "(select distinct on (%1$s) * from staging.%2$s where chunk = any(?) order by %1$s, chunk desc)"
                        .formatted(keys, table.tableName())
                : "(select * from staging.%s where chunk = any(?))".formatted(table.tableName());
    }

    private static String joinOnKey(ServingTable table) {
        return key(table).stream()
                .map(column -> "t.%1$s = s.%1$s".formatted(column.name()))
                .collect(Collectors.joining(" and "));
    }

    private static List<Column> key(ServingTable table) {
        return table.columns().subList(0, table.keyColumns());
    }

    private static String names(List<Column> columns, String prefix) {
        return columns.stream().map(column -> prefix + column.name()).collect(Collectors.joining(", "));
    }
}
