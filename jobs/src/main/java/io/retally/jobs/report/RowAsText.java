package io.retally.jobs.report;

import io.retally.jobs.postgres.ReportChange;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** A row's values in the text form that PostgreSQL reads, whatever the session's settings. */
final class RowAsText implements MapFunction<RowData, ReportChange> {

    private static final long serialVersionUID = 1L;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'");

    private final LogicalTypeRoot[] types;
    private final RowData.FieldGetter[] fields;

    RowAsText(LogicalType rowType) {
        List<LogicalType> columns = rowType.getChildren();
        types = columns.stream().map(LogicalType::getTypeRoot).toArray(LogicalTypeRoot[]::new);
        fields = IntStream.range(0, types.length)
                .mapToObj(i -> RowData.createFieldGetter(columns.get(i), i))
                .toArray(RowData.FieldGetter[]::new);
    }

    @Override
    public ReportChange map(RowData row) {
        List<@Nullable String> values = new ArrayList<>(types.length);
        for (int i = 0; i < types.length; i++) {
            Object value = fields[i].getFieldOrNull(row);
            values.add(value == null ? null : text(types[i], value));
        }
        RowKind kind = row.getRowKind();
        return new ReportChange(kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER, values);
    }

    private static String text(LogicalTypeRoot type, Object value) {
        return switch (type) {
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                TIME.format(((TimestampData) value).toInstant().atOffset(ZoneOffset.UTC));
            case DECIMAL -> ((DecimalData) value).toBigDecimal().toPlainString();
            default -> Objects.toString(value);
        };
    }
}
