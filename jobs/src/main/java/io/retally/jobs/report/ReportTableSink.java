package io.retally.jobs.report;

import io.retally.jobs.postgres.PostgresTarget;
import io.retally.jobs.postgres.PublishReport;
import io.retally.jobs.postgres.ReportChange;
import io.retally.jobs.postgres.ReportTable;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * A report's result as a table in PostgreSQL.
 *
 * <p>It wants every update with the row before and the row after. The planner then has the whole query pass on both, which
 * keeps clear of the operators that guess the row before: outer joins that count an update as a second row (FLINK-40681),
 * and the materialisation of upserts that overtake each other.
 */
record ReportTableSink(PostgresTarget target, ReportTable table, DataType rowType) implements DynamicTableSink {

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return ChangelogMode.all();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return new DataStreamSinkProvider() {
            @Override
            public DataStreamSink<?> consumeDataStream(ProviderContext uids, DataStream<RowData> rows) {
                return define(uids, rows);
            }
        };
    }

    private DataStreamSink<?> define(ProviderContext uids, DataStream<RowData> rows) {
        var changes = rows.map(new RowAsText(rowType.getLogicalType()), ReportChange.TYPE)
                .name("write-as-text")
                .setParallelism(rows.getParallelism());
        uids.generateUid("write-as-text").ifPresent(changes::uid);
        var published = changes.global()
                .transform("publish-report", Types.VOID, new PublishReport(target, table.name(), table))
                .setParallelism(1)
                .setMaxParallelism(1);
        uids.generateUid("publish-report").ifPresent(published::uid);
        DataStreamSink<Void> end = published.sinkTo(new DiscardingSink<>()).setParallelism(1);
        uids.generateUid("end").ifPresent(end::uid);
        return end.name("reporting." + table.name());
    }

    @Override
    public DynamicTableSink copy() {
        return this;
    }

    @Override
    public String asSummaryString() {
        return "table reporting." + table.name();
    }
}
