package io.retally.jobs.report;

import io.retally.jobs.postgres.PostgresTarget;
import io.retally.jobs.postgres.ReportTable;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Connector {@value #CONNECTOR}: a report's result as the table of its name in schema {@code reporting}. There is no
 * password among the options, see {@link PostgresTarget}.
 */
public final class ReportTableFactory implements DynamicTableSinkFactory {

    static final String CONNECTOR = "retally-postgres";

    static final ConfigOption<String> URL =
            ConfigOptions.key("postgres.url").stringType().noDefaultValue();
    static final ConfigOption<String> USER =
            ConfigOptions.key("postgres.user").stringType().noDefaultValue();

    @Override
    public String factoryIdentifier() {
        return CONNECTOR;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(URL, USER);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        String name = context.getObjectIdentifier().getObjectName();
        ResolvedSchema schema = context.getCatalogTable().getResolvedSchema();
        List<String> key = schema.getPrimaryKey()
                .map(UniqueConstraint::getColumns)
                .orElseThrow(() -> new ValidationException("table " + name
                        + " has no key: declare PRIMARY KEY (...) NOT ENFORCED, the columns that tell its rows apart"));
        List<ReportTable.Column> columns = schema.getColumns().stream()
                .map(column -> {
                    LogicalType type = column.getDataType().getLogicalType();
                    return new ReportTable.Column(
                            column.getName(),
                            postgresType(name, column.getName(), type),
                            !type.isNullable(),
                            column.getComment().orElse(null));
                })
                .toList();
        String comment = context.getCatalogTable().getComment();
        return new ReportTableSink(
                new PostgresTarget(
                        helper.getOptions().get(URL), helper.getOptions().get(USER)),
                new ReportTable(name, columns, key, comment == null || comment.isEmpty() ? null : comment),
                schema.toPhysicalRowDataType());
    }

    private static String postgresType(String table, String column, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> "text";
            case BOOLEAN -> "boolean";
            case TINYINT, SMALLINT, INTEGER -> "integer";
            case BIGINT -> "bigint";
            case FLOAT, DOUBLE -> "double precision";
            case DECIMAL ->
                "numeric(" + ((DecimalType) type).getPrecision() + "," + ((DecimalType) type).getScale() + ")";
            case DATE -> "date";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "timestamp with time zone";
            default ->
                throw new ValidationException("column " + column + " of table " + table + " is "
                        + type.asSummaryString() + ", which no column of schema reporting is: CAST it to STRING,"
                        + " BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL, DATE or TIMESTAMP_LTZ(3)");
        };
    }
}
