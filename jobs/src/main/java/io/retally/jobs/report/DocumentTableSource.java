package io.retally.jobs.report;

import io.retally.jobs.kafka.ChangeSource;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaCluster;
import io.retally.jobs.repprogress.Decode;
import io.retally.jobs.repprogress.DocumentChange;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;

/**
 * The changelog of a table of documents, by the operators that rep-progress reads documents with, so that a report sees
 * exactly the documents that the serving tables are made of: usable versions, the live topic deciding.
 *
 * <p>It takes no projection and no filter: all uses of a table in a query then share one reading of its topics.
 */
record DocumentTableSource(DocumentTable table, KafkaCluster kafka, String group, String prefix)
        implements ScanTableSource {

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.all();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        TypeInformation<RowData> type = context.createTypeInformation(table.rowType());
        return new DataStreamScanProvider() {
            @Override
            public DataStream<RowData> produceDataStream(ProviderContext uids, StreamExecutionEnvironment env) {
                return define(type, uids, env);
            }

            @Override
            public boolean isBounded() {
                return false;
            }
        };
    }

    private DataStream<RowData> define(
            TypeInformation<RowData> type, ProviderContext uids, StreamExecutionEnvironment env) {
        ChangeTopics topics = new ChangeTopics(prefix);
        SingleOutputStreamOperator<DocumentChange> changes = named(
                "decode",
                uids,
                named("read", uids, ChangeSource.read(env, kafka, topics, table.collection(), group, name("read")))
                        .transform(name("decode"), DocumentChange.TYPE, new Decode(topics, true)));
        return named(
                "differentiate",
                uids,
                changes.keyBy(DocumentChange::key, Types.STRING).process(new RowsOfDocuments(table), type));
    }

    private <T> SingleOutputStreamOperator<T> named(
            String verb, ProviderContext uids, SingleOutputStreamOperator<T> stream) {
        uids.generateUid(name(verb)).ifPresent(stream::uid);
        return stream.name(name(verb));
    }

    private String name(String verb) {
        return verb + "-" + table.tableName();
    }

    @Override
    public DynamicTableSource copy() {
        return this;
    }

    @Override
    public String asSummaryString() {
        return "current documents: " + table.tableName();
    }
}
