package io.retally.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.retally.core.serving.ServingTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;

/** What a shell begins with is understood by Flink, statement by statement. */
class ShellScriptITCase {

    @Test
    void everyStatementIsUnderstood() throws Exception {
        String script = ShellScript.of(
                ReportFile.read(Path.of("../sql/flink/catalog.sql")),
                Map.of("postgres_url", "jdbc:postgresql://db/it's?ssl=true"),
                "me");
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        for (String statement : script.split(";\n", -1)) {
            if (!statement.isBlank() && !statement.strip().startsWith("SET")) {
                tables.executeSql(statement);
            }
        }
        assertThat(tables.listTables()).contains("account", "interaction", "membership");
        assertThat(tables.listTables("default_catalog", "serving"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ServingTable.values())
                        .map(ServingTable::tableName)
                        .toList());
        assertThat(tables.listUserDefinedFunctions()).contains("proportion_correct");
        assertThat(script).contains("'url' = 'jdbc:postgresql://db/it''s?ssl=true&user=me'");
    }
}
