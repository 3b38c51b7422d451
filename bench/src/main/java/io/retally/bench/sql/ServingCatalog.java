package io.retally.bench.sql;

import io.retally.core.serving.ServingTable;
import io.retally.jobs.postgres.EpochPart;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.jobs.postgres.StageRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.Factory;

/**
 * The serving tables as sinks of SQL, which stage their rows as the job does. {@link #staged} are to be published by one
 * operator.
 */
final class ServingCatalog extends GenericInMemoryCatalog {
    static final String NAME = "serving";

    private final List<DataStream<EpochPart>> staged = new ArrayList<>();
    private final PostgresTarget target;

    ServingCatalog(PostgresTarget target) throws Exception {
        super(NAME);
        this.target = target;
        for (ServingTable table : ServingTable.values()) {
            CatalogTable sink = CatalogTable.newBuilder()
                    .schema(ServingRows.schema(table))
                    .options(Map.of("connector", NAME))
                    .build();
            createTable(new ObjectPath(getDefaultDatabase(), table.tableName()), sink, false);
        }
    }

    /** What the sinks have staged; known when the statements were translated. */
    List<DataStream<EpochPart>> staged() {
        return staged;
    }

    @Override
    public Optional<Factory> getFactory() {
        return Optional.of(new SinkFactory());
    }

    private final class SinkFactory implements DynamicTableSinkFactory {
        @Override
        public DynamicTableSink createDynamicTableSink(DynamicTableFactory.Context context) {
            return new Sink(ServingTable.valueOf(
                    context.getObjectIdentifier().getObjectName().toUpperCase(Locale.ROOT)));
        }

        @Override
        public String factoryIdentifier() {
            return NAME;
        }

        @Override
        public Set<ConfigOption<?>> requiredOptions() {
            return Set.of();
        }

        @Override
        public Set<ConfigOption<?>> optionalOptions() {
            return Set.of();
        }
    }

    private final class Sink implements DynamicTableSink {
        private final ServingTable table;

        Sink(ServingTable table) {
            this.table = table;
        }

        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return ChangelogMode.upsert();
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
            return new DataStreamSinkProvider() {
                @Override
                public DataStreamSink<?> consumeDataStream(ProviderContext provider, DataStream<RowData> rows) {
                    DataStream<EpochPart> parts = rows.map(new ServingRows(table))
                            .returns(StageRows.ROW_TYPE)
                            .name("convert-" + table.tableName())
                            .setParallelism(rows.getParallelism())
                            .transform("stage-" + table.tableName(), EpochPart.TYPE, new StageRows(target))
                            .setParallelism(rows.getParallelism());
                    staged.add(parts);
                    // SQL wants a sink of its own. It gets nothing: the last part may come when the input has ended,
                    // which a sink does not take.
                    return parts.filter(part -> false)
                            .setParallelism(rows.getParallelism())
                            .sinkTo(new DiscardingSink<>())
                            .setParallelism(rows.getParallelism());
                }
            };
        }

        @Override
        public DynamicTableSink copy() {
            return new Sink(table);
        }

        @Override
        public String asSummaryString() {
            return NAME + "." + table.tableName();
        }
    }
}
