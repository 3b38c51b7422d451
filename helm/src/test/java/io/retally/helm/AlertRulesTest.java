package io.retally.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules as Prometheus reads them: well formed, firing when they should and silent when they should not. */
class AlertRulesTest {

    private static final Path TESTS = Path.of("src", "test", "resources", "alerts.test.yaml");

    @TempDir
    private Path folder;

    @Test
    void areWellFormed() throws Exception {
        assertThat(Promtool.run("check", "rules", "--lint-fatal", rules(MonitoringTest.ALL_ALERTS)))
                .contains("SUCCESS");
    }

    @Test
    void aRuleThatIsNotIsFound() throws Exception {
        Path wrong = Files.writeString(
                folder.resolve("wrong.yaml"),
                "groups: [{name: g, rules: [{alert: A, expr: 'max(flink_x{namespace=analytics})'}]}]");
        assertThatThrownBy(() -> Promtool.run("check", "rules", wrong))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("parse error");
    }

    @Test
    void fireWhenTheyShouldAndOnlyThen() throws Exception {
        Map<String, Rule> rules = MonitoringTest.alerts(MonitoringTest.ALL_ALERTS).stream()
                .collect(Collectors.toMap(Rule::getAlert, rule -> rule));
        rules(MonitoringTest.ALL_ALERTS);
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        JsonNode tests = Strict.YAML.readTree(TESTS.toFile());
        for (JsonNode test : tests.path("tests")) {
            for (JsonNode expectation : test.path("alert_rule_test")) {
                String alert = expectation.path("alertname").asText();
                assertThat(rules).containsKey(alert);
                (expectation.path("exp_alerts").isEmpty() ? silent : firing).add(alert);
                for (JsonNode fired : expectation.path("exp_alerts")) {
                    ((ObjectNode) fired)
                            .set(
                                    "exp_annotations",
                                    Strict.YAML.valueToTree(
                                            requireNonNull(rules.get(alert)).getAnnotations()));
                }
            }
        }
        assertThat(firing).as("alerts with a test in which they fire").isEqualTo(new TreeSet<>(rules.keySet()));
        assertThat(silent).as("alerts with a test in which they do not").isEqualTo(new TreeSet<>(rules.keySet()));
        Path file = folder.resolve("alerts.test.yaml");
        Strict.YAML.writeValue(file.toFile(), tests);
        assertThat(Promtool.run("test", "rules", file)).contains("SUCCESS");
    }

    /** The rules in the form of Prometheus' own files, which is that of the resource's spec. */
    private Path rules(Map<String, Object> values) throws IOException {
        Path file = folder.resolve("rules.yaml");
        Strict.YAML.writeValue(
                file.toFile(), Chart.with(values).only(PrometheusRule.class).getSpec());
        return file;
    }
}
