package io.retally.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Grafana dashboards: what they ask for exists, and belongs to the deployment that was chosen. */
class DashboardsTest {

    private static final Path FOLDER = Chart.FOLDER.resolve("files").resolve("dashboards");
    private static final Map<String, Object> ON = Map.of("metrics.dashboards.enabled", true);
    private static final Pattern CHOSEN =
            Pattern.compile("flink_\\w+[{]namespace=\"[$]namespace\",pod=~\"[$]deployment-[.][*]\"");

    @TempDir
    private Path folder;

    @Test
    void eachFileIsAConfigMapThatTheSidecarFinds() throws IOException {
        Map<String, String> rendered = new LinkedHashMap<>();
        for (ConfigMap map : Chart.with(ON).all(ConfigMap.class)) {
            if (map.getMetadata().getLabels().containsKey("grafana_dashboard")) {
                rendered.putAll(map.getData());
            }
        }
        assertThat(rendered).hasSize(dashboards().size()).isNotEmpty();
        for (Map.Entry<String, String> dashboard : rendered.entrySet()) {
            assertThat(new ObjectMapper().readTree(dashboard.getValue()))
                    .isEqualTo(new ObjectMapper()
                            .readTree(FOLDER.resolve(dashboard.getKey()).toFile()));
        }
        assertThat(Chart.with(Map.of()).all(ConfigMap.class))
                .as("off by default")
                .noneMatch(map -> map.getMetadata().getLabels().containsKey("grafana_dashboard"));
    }

    @Test
    void panelsAreToldApartAndDoNotOverlap() throws IOException {
        Set<String> uids = new TreeSet<>();
        for (JsonNode dashboard : dashboards()) {
            assertThat(uids.add(dashboard.path("uid").asText())).isTrue();
            Set<Integer> ids = new TreeSet<>();
            Set<String> cells = new TreeSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                String title = panel.path("title").asText();
                assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
                JsonNode at = panel.path("gridPos");
                for (int x = 0; x < at.path("w").asInt(); x++) {
                    for (int y = 0; y < at.path("h").asInt(); y++) {
                        String cell =
                                (at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y);
                        assertThat(cells.add(cell)).as("%s at %s", title, cell).isTrue();
                    }
                }
                if (!panel.path("type").asText().equals("row")) {
                    assertThat(panel.path("description").asText()).as(title).isNotBlank();
                    assertThat(panel.path("targets")).as(title).isNotEmpty();
                }
            }
        }
    }

    @Test
    void queriesNameMetricsThatAJobExportsOfTheChosenDeployment() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (String query : queries()) {
            Set<String> used = Documented.usedBy(query);
            assertThat(Documented.names()).as(query).containsAll(used);
            assertThat(CHOSEN.matcher(query).results().map(MatchResult::group))
                    .as(query)
                    .hasSize((int) Pattern.compile("\\bflink_\\w+")
                            .matcher(query)
                            .results()
                            .count());
            shown.addAll(used);
        }
        assertThat(shown).as("each metric of the job is on a dashboard").containsAll(Documented.ownNames());
    }

    @Test
    void prometheusTakesEveryQuery() throws Exception {
        List<Map<String, String>> rules = new ArrayList<>();
        for (String query : queries()) {
            rules.add(Map.of("record", "query" + rules.size(), "expr", query.replace("$__rate_interval", "1m")));
        }
        Path file = folder.resolve("queries.yaml");
        Strict.YAML.writeValue(file.toFile(), Map.of("groups", List.of(Map.of("name", "dashboards", "rules", rules))));
        assertThat(Promtool.run("check", "rules", file)).contains("SUCCESS");
    }

    private static List<JsonNode> dashboards() throws IOException {
        List<JsonNode> dashboards = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                dashboards.add(new ObjectMapper().readTree(file.toFile()));
            }
        }
        return dashboards;
    }

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        for (JsonNode dashboard : dashboards()) {
            dashboard.path("panels").findValuesAsText("expr").forEach(queries::add);
        }
        assertThat(queries).isNotEmpty();
        return queries;
    }
}
