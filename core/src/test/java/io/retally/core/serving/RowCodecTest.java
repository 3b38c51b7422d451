package io.retally.core.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retally.core.codec.Binary;
import io.retally.core.document.AnyDocument;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Rows of every table, and their absence, are read as they were written. */
class RowCodecTest {

    private static final RowCodec CODEC = new RowCodec();

    @Property
    void isReadAsItWasWritten(@ForAll("rows") Row row) {
        assertThat(Binary.fromBytes(CODEC, Binary.toBytes(CODEC, row))).isEqualTo(row);
        Row deletion = row.deletion();
        assertThat(Binary.fromBytes(CODEC, Binary.toBytes(CODEC, deletion)))
                .isEqualTo(deletion)
                .matches(Row::isDeletion);
    }

    @Property
    void aRowAndItsDeletionShareAKey(@ForAll("rows") Row row) {
        assertThat(RowKey.of(row)).isEqualTo(RowKey.of(row.deletion()));
        assertThat(row).isNotEqualTo(row.deletion());
        assertThat(row.deletion().deletion()).isEqualTo(row.deletion());
    }

    @Test
    void aRowHasAValueForEachColumn() {
        assertThatThrownBy(() -> Row.of(ServingTable.ACCOUNT, "a", "name"))
                .hasMessageContaining("ACCOUNT has 3 columns, not 2");
        assertThatThrownBy(() -> Row.deleted(ServingTable.ACCOUNT, "a", "name"))
                .hasMessageContaining("ACCOUNT has 1 key columns, not 2");
    }

    @Provide
    Arbitrary<Row> rows() {
        return Arbitraries.of(ServingTable.class).flatMap(RowCodecTest::row);
    }

    private static Arbitrary<Row> row(ServingTable table) {
        List<Arbitrary<Object>> values = table.columns().stream()
                .map(column -> table.columns().indexOf(column) < table.keyColumns()
                        ? value(column.type())
                        : value(column.type()).injectNull(0.2))
                .toList();
        return Combinators.combine(values).as(all -> Row.of(table, all.toArray()));
    }

    private static Arbitrary<Object> value(Column.Type type) {
        return switch (type) {
            case TEXT -> AnyDocument.text().map(v -> v);
            case BIGINT, TIMESTAMP -> AnyDocument.number().map(v -> v);
            case INTEGER, DATE -> Arbitraries.integers().map(v -> v);
            case BOOLEAN -> Arbitraries.of(true, false).map(v -> v);
            case INTEGER_ARRAY ->
                Arbitraries.integers().array(int[].class).ofMaxSize(5).map(v -> v);
        };
    }
}
