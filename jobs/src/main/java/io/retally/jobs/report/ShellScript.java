package io.retally.jobs.report;

import io.retally.core.serving.Column;
import io.retally.core.serving.ServingTable;
import io.retally.udfs.Udfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a session of Flink's SQL client begins with, so that a question can be asked at once: the functions, the tables that
 * every report has, and the serving tables, in database {@code serving}, as they are when a query reads them.
 */
final class ShellScript {

    private static final String URL = "postgres_url";

    private ShellScript() {}

    /**
     * Statements, each ended by a semicolon.
     *
     * @param variables values by name, of the catalogue's
     * @param reader a login that may read schema {@code serving}; its password is in the file that PGPASSFILE names
     * @throws ReportException if the catalogue is wrong
     */
    static String of(ReportFile catalog, Map<String, String> variables, String reader) {
        List<String> statements = new ArrayList<>();
        // As reports are run, see ReportPlanner; in this process, as the cluster's slots belong to the job.
        statements.add("SET 'execution.target' = 'local'");
        statements.add("SET 'rest.port' = '0'"); // of each job's own Flink; that of the configuration is the cluster's
        statements.add("SET 'rest.bind-port' = '0'");
        statements.add("SET 'execution.runtime-mode' = 'streaming'");
        statements.add("SET 'table.local-time-zone' = 'UTC'");
        statements.addAll(Udfs.declarations());
        catalog.bind(variables)
                .forEach(statement -> statements.add(statement.text().strip()));
        statements.add("CREATE DATABASE serving");
        String url = variables.getOrDefault(URL, "");
        for (ServingTable table : ServingTable.values()) {
            statements.add(table(table, url + (url.contains("?") ? "&" : "?") + "user=" + reader));
        }
        return statements.stream().map(statement -> statement + ";\n").collect(Collectors.joining("\n"));
    }

    private static String table(ServingTable table, String url) {
        String columns = table.columns().stream()
                .map(column -> "  " + quoted(column) + " " + type(column.type()))
                .collect(Collectors.joining(",\n"));
        String key = table.columns().subList(0, table.keyColumns()).stream()
                .map(ShellScript::quoted)
                .collect(Collectors.joining(", "));
        return """
                CREATE TABLE serving.%1$s (
                %2$s,
                  PRIMARY KEY (%3$s) NOT ENFORCED
                ) WITH ('connector' = 'jdbc', 'table-name' = 'serving.%1$s', 'url' = '%4$s')""".formatted(table.tableName(), columns, key, url.replace("'", "''"));
    }

    /** To Flink some names are words of the language, as views. */
    private static String quoted(Column column) {
        return "`" + column.name() + "`";
    }

    /** Times are without a zone, as the connector knows no others: those of the session's process, which runs in UTC. */
    private static String type(Column.Type type) {
        return switch (type) {
            case TEXT -> "STRING";
            case BIGINT -> "BIGINT";
            case INTEGER -> "INT";
            case BOOLEAN -> "BOOLEAN";
            case TIMESTAMP -> "TIMESTAMP(3)";
            case DATE -> "DATE";
            case INTEGER_ARRAY -> "ARRAY<INT>";
        };
    }
}
