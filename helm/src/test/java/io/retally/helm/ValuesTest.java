package io.retally.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every value of the chart says what it is, and the schema knows it and nothing else. */
class ValuesTest {

    @Test
    void everyValueHasAComment() throws IOException {
        List<String> lines = Files.readAllLines(Chart.FOLDER.resolve("values.yaml"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches("\\s*[A-Za-z]+:.*")) {
                assertThat(i > 0 ? lines.get(i - 1).strip() : "")
                        .as("line before " + (i + 1) + ": " + lines.get(i))
                        .startsWith("#");
            }
        }
    }

    @Test
    void theSchemaHasTheValuesAndNoOther() throws IOException {
        JsonNode values =
                Strict.YAML.readTree(Chart.FOLDER.resolve("values.yaml").toFile());
        JsonNode schema =
                Strict.YAML.readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
        compare("", values, schema);
    }

    private static void compare(String path, JsonNode value, JsonNode schema) {
        List<String> known = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(known::add);
        known.remove("global"); // Helm's own
        if (known.isEmpty()) {
            assertThat(schema.isObject()).as("schema of " + path).isTrue();
            return;
        }
        List<String> given = new ArrayList<>();
        value.fieldNames().forEachRemaining(given::add);
        assertThat(given).as("values under '" + path + "'").containsExactlyInAnyOrderElementsOf(known);
        assertThat(schema.path("additionalProperties").asBoolean(true))
                .as("further values under '" + path + "'")
                .isFalse();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            compare(
                    path + "." + entry.getKey(),
                    entry.getValue(),
                    schema.path("properties").path(entry.getKey()));
        }
    }
}
