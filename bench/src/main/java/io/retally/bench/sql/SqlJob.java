package io.retally.bench.sql;

import io.retally.core.document.Collection;
import io.retally.core.serving.ServingTable;
import io.retally.jobs.kafka.ChangeSource;
import io.retally.jobs.kafka.ChangeTopics;
import io.retally.jobs.kafka.KafkaCluster;
import io.retally.jobs.kafka.KafkaMessage;
import io.retally.jobs.postgres.EpochPart;
import io.retally.jobs.postgres.PostgresTarget;
import io.retally.jobs.postgres.PublishEpochs;
import io.retally.jobs.postgres.TakeOver;
import io.retally.udfs.LocalDay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.utils.DataTypeUtils;
import org.apache.flink.types.Row;

/**
 * All serving tables with Flink SQL, in one job. It reads, decodes and publishes as `rep-progress` does, so that what differs
 * is what lies between: {@code tables.sql} and the operators that Flink's planner makes of it.
 *
 * <p>Arguments: Kafka's address, the topics' prefix, PostgreSQL's JDBC URL, the publisher's login.
 */
public final class SqlJob {
    /**
     * The cluster's, of 64 MB, are for a job with few states. A plan has a hundred, whose first blocks (an eighth of a buffer)
     * would fill the memory that all of them share, and RocksDB would flush without end.
     */
    private static final String WRITE_BUFFER = "8mb";

    /** How long changes wait in an operator for others of their key: an epoch. A barrier ends the wait. */
    private static final String LATENCY = "1 s";
    /** How many wait: the more, the fewer accesses of state, but they live on the heap. */
    private static final int BUNDLE = 20_000;

    /**
     * Views that several others read, with their keys. The planner would prune each reader's columns down to the documents,
     * find the results different, and run the joins once for each reader; so these are planned for themselves.
     */
    private static final Map<String, List<String>> SHARED = Map.of(
            "membership", List.of("contact_id", "program_id"),
            "lesson_plan", List.of("program_id", "lesson_id"),
            "rep_plan", List.of("contact_id", "program_id", "lesson_id"),
            "counted", List.of("id"),
            "rep_question", List.of("contact_id", "program_id", "lesson_id", "question_id", "account_id"),
            "lesson_result", List.of("contact_id", "program_id", "lesson_id"),
            "rep_program", List.of("contact_id", "program_id"));

    private static final Pattern VIEW = Pattern.compile("create temporary view (\\w+) as\\s.*", Pattern.DOTALL);

    private SqlJob() {}

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.configure(Configuration.fromMap(Map.of("state.backend.rocksdb.writebuffer.size", WRITE_BUFFER)));
        ChangeTopics topics = new ChangeTopics(arguments[1]);
        define(
                env.fromSource(
                        ChangeSource.of(KafkaCluster.open(arguments[0]), topics, "flink-sql"),
                        WatermarkStrategy.noWatermarks(),
                        "read-changes"),
                topics,
                new PostgresTarget(arguments[2], arguments[3]),
                BUNDLE);
        env.execute("flink-sql");
    }

    /**
     * Defines it.
     *
     * <p>Deprecated is registerCatalog, whose successor makes a catalog by its name and options, and could not hand back what
     * was staged.
     *
     * @param bundle how many changes wait in an operator at most
     */
    @SuppressWarnings("deprecation")
    static void define(DataStream<KafkaMessage> messages, ChangeTopics topics, PostgresTarget target, int bundle)
            throws Exception {
        StreamTableEnvironment tables = StreamTableEnvironment.create(messages.getExecutionEnvironment());
        tables.getConfig()
                .set("table.exec.mini-batch.enabled", "true")
                .set("table.exec.mini-batch.allow-latency", LATENCY)
                .set("table.exec.mini-batch.size", Integer.toString(bundle))
                .set("table.optimizer.agg-phase-strategy", "TWO_PHASE");
        tables.createTemporarySystemFunction("LOCAL_DAY", LocalDay.class);
        SingleOutputStreamOperator<EpochPart> progress =
                messages.transform("decode-changes", EpochPart.TYPE, new DecodeDocuments(topics));
        for (Collection collection : Collection.values()) {
            tables.createTemporaryView(
                    collection.collectionName(),
                    tables.fromChangelogStream(
                            progress.getSideOutput(DocumentRows.tag(collection)),
                            DocumentRows.schema(collection),
                            ChangelogMode.upsert()));
        }
        for (String statement : statements()) {
            createView(tables, statement);
        }
        ServingCatalog serving = new ServingCatalog(target);
        tables.registerCatalog(ServingCatalog.NAME, serving);
        StreamStatementSet statements = tables.createStatementSet();
        for (ServingTable table : ServingTable.values()) {
            statements.addInsertSql(insertion(table, serving.getDefaultDatabase()));
        }
        statements.attachAsDataStream();
        DataStream<EpochPart> parts = progress;
        for (DataStream<EpochPart> staged : serving.staged()) {
            parts = parts.union(staged);
        }
        parts.global()
                .transform("publish-epochs", Types.VOID, new PublishEpochs(target, TakeOver.AT_ONCE))
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    private static void createView(StreamTableEnvironment tables, String statement) {
        tables.executeSql(statement);
        Matcher view = VIEW.matcher(statement);
        if (!view.matches()) {
            throw new IllegalArgumentException("no view: " + statement);
        }
        String name = view.group(1);
        List<String> key = SHARED.get(name);
        if (key == null) {
            return;
        }
        Table table = tables.from(name);
        Schema.Builder columns = Schema.newBuilder();
        for (Column column : table.getResolvedSchema().getColumns()) {
            // Flink's own classes: nothing is converted on the way.
            DataType type = DataTypeUtils.toInternalDataType(column.getDataType());
            columns.column(column.getName(), key.contains(column.getName()) ? type.notNull() : type);
        }
        Schema schema = columns.primaryKey(key).build();
        DataStream<Row> rows = tables.toChangelogStream(table, schema, ChangelogMode.all());
        tables.dropTemporaryView(name);
        tables.createTemporaryView(name, tables.fromChangelogStream(rows, schema, ChangelogMode.all()));
    }

    private static String insertion(ServingTable table, String database) {
        String columns = table.columns().stream()
                .map(io.retally.core.serving.Column::name)
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", "));
        return "insert into `%1$s`.`%2$s`.`%3$s` select %4$s from `%3$s`"
                .formatted(ServingCatalog.NAME, database, table.tableName(), columns);
    }

    /** The statements of {@code tables.sql}, which has no semicolon but at their ends. */
    private static List<String> statements() throws IOException {
        try (InputStream sql = Objects.requireNonNull(SqlJob.class.getResourceAsStream("tables.sql"))) {
            String text = new String(sql.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("(^|\\s)--.*$", ""))
                    .collect(Collectors.joining("\n"));
            return Arrays.stream(text.split(";", -1))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        }
    }
}
