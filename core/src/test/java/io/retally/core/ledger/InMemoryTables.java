package io.retally.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.serving.Row;
import io.retally.core.serving.RowKey;
import io.retally.core.total.Accumulator;
import io.retally.core.total.Difference;
import java.util.HashMap;
import java.util.Map;

/** The tables of reps and of totals, in maps. A row that says nothing new is a failure. */
final class InMemoryTables {

    private final Map<RowKey, Row> repRows = new HashMap<>();
    private final Map<String, Accumulator> totals = new HashMap<>();

    void accept(Row row) {
        RowKey key = RowKey.of(row);
        if (row.isDeletion()) {
            assertThat(repRows.remove(key)).as("what %s deletes", row).isNotNull();
        } else {
            assertThat(repRows.put(key, row)).as("the row before %s", row).isNotEqualTo(row);
        }
    }

    void accept(Difference difference) {
        Accumulator total = totals.getOrDefault(difference.key(), Accumulator.zero(difference.vector().length))
                .plus(difference.accountId(), difference.vector());
        if (total.isZero()) {
            totals.remove(difference.key());
        } else {
            totals.put(difference.key(), total);
        }
    }

    boolean isEmpty() {
        return repRows.isEmpty() && totals.isEmpty();
    }

    int size() {
        return repRows.size() + totals.size();
    }

    /** Every row, of totals too. */
    Map<RowKey, Row> rows() {
        Map<RowKey, Row> rows = new HashMap<>(repRows);
        totals.forEach((key, total) -> {
            Row row = total.row(key);
            assertThat(row.isDeletion())
                    .as("a total of nobody: %s %s", row, total)
                    .isFalse();
            rows.put(RowKey.of(row), row);
        });
        return rows;
    }
}
