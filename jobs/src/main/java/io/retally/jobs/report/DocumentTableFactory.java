package io.retally.jobs.report;

import io.retally.jobs.config.Arguments;
import io.retally.jobs.kafka.KafkaCluster;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;

/**
 * Connector {@code retally-documents}: the current documents of the change topics. The table's name says which: {@code
 * account}, {@code team}, {@code contact}, {@code program}, {@code lesson}, {@code enrollment} or {@code interaction}.
 */
public final class DocumentTableFactory implements DynamicTableSourceFactory {

    static final ConfigOption<String> BOOTSTRAP =
            ConfigOptions.key("kafka.bootstrap").stringType().noDefaultValue();
    /** As the argument of this name of rep-progress; empty: none. */
    static final ConfigOption<String> CLIENT =
            ConfigOptions.key("kafka.client").stringType().defaultValue("");

    static final ConfigOption<String> GROUP =
            ConfigOptions.key("kafka.group").stringType().noDefaultValue();
    static final ConfigOption<String> PREFIX =
            ConfigOptions.key("topic.prefix").stringType().defaultValue("retally");

    @Override
    public String factoryIdentifier() {
        return "retally-documents";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(BOOTSTRAP, GROUP);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(CLIENT, PREFIX);
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        DocumentTable table;
        try {
            table = DocumentTable.named(context.getObjectIdentifier().getObjectName());
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
        requireColumns(table, context.getCatalogTable().getResolvedSchema());
        return new DocumentTableSource(
                table,
                cluster(helper.getOptions().get(BOOTSTRAP), helper.getOptions().get(CLIENT)),
                helper.getOptions().get(GROUP),
                helper.getOptions().get(PREFIX));
    }

    private static KafkaCluster cluster(String bootstrap, String client) {
        Arguments problems = new Arguments(Map.of(), List.of());
        KafkaCluster cluster = KafkaCluster.of(bootstrap, client, problems);
        try {
            problems.throwProblems("documents");
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
        return cluster;
    }

    private static void requireColumns(DocumentTable table, ResolvedSchema declared) {
        DataType columns = declared.toPhysicalRowDataType();
        List<String> key =
                declared.getPrimaryKey().map(UniqueConstraint::getColumns).orElse(List.of());
        if (!columns.getLogicalType().copy(false).equals(table.rowType().getLogicalType())
                || declared.getColumns().size()
                        != declared.toPhysicalRowDataType().getChildren().size()
                || !key.equals(table.primaryKey())) {
            throw new ValidationException(
                    "table " + table.tableName() + " of documents must be declared with the columns "
                            + table.rowType().getLogicalType().asSerializableString() + " and PRIMARY KEY "
                            + table.primaryKey() + " NOT ENFORCED, and is declared with "
                            + columns.getLogicalType().asSerializableString() + " and " + key);
        }
    }
}
