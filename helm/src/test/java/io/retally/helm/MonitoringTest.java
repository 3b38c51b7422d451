package io.retally.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.runtime.metrics.MetricNames;
import org.junit.jupiter.api.Test;

/** What the chart gives the Prometheus operator, held against the pods, docs/metrics.md and docs/operations.md. */
class MonitoringTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
    private static final Set<String> FLINKS_OWN =
            Set.of(OPERATOR + MetricNames.PENDING_RECORDS, "flink_jobmanager_job_numberOfFailedCheckpoints");

    /** A row of the metrics' table: name, operator, type, labels that stand before the name. */
    private static final Pattern METRIC =
            Pattern.compile("^\\| `(\\w+)` \\|[^|]*\\| (\\w+) \\|([^|]*)\\|", Pattern.MULTILINE);

    @Test
    void nothingOfItByDefault() throws IOException {
        assertThat(Chart.with(Map.of()).resources())
                .noneMatch(PodMonitor.class::isInstance)
                .noneMatch(PrometheusRule.class::isInstance);
    }

    @Test
    void eachSwitchIsItsOwn() throws IOException {
        assertThat(Chart.with(Map.of("metrics.podMonitor.enabled", true)).resources())
                .hasAtLeastOneElementOfType(PodMonitor.class)
                .noneMatch(PrometheusRule.class::isInstance);
        assertThat(Chart.with(Map.of("metrics.alerts.enabled", true)).resources())
                .hasAtLeastOneElementOfType(PrometheusRule.class)
                .noneMatch(PodMonitor.class::isInstance);
    }

    @Test
    void aSuspendedJobAlertsNobody() throws IOException {
        assertThat(Chart.with(Map.of("metrics.alerts.enabled", true, "repProgress.state", "suspended"))
                        .resources())
                .noneMatch(PrometheusRule.class::isInstance);
    }

    @Test
    void theMonitorReadsTheReportersPortOfTheJobsPods() throws IOException {
        Chart chart = Chart.with(Map.of("metrics.podMonitor.enabled", true, "metrics.labels.release", "x"));
        PodMonitor monitor = chart.only(PodMonitor.class);
        FlinkDeploymentSpec job = chart.only(FlinkDeployment.class).getSpec();
        assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "x");
        assertThat(monitor.getSpec().getSelector().getMatchLabels()).isNotEmpty();
        assertThat(job.getPodTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
        assertThat(monitor.getSpec().getPodMetricsEndpoints()).hasSize(1);
        String port = monitor.getSpec().getPodMetricsEndpoints().get(0).getPort();
        String reporters = GlobalConfiguration.loadConfiguration(
                        Path.of("..", "flink-conf", "kubernetes").toString())
                .toMap()
                .get("metrics.reporter.prom.port");
        assertThat(job.getPodTemplate().getSpec().getContainers().get(0).getPorts().stream()
                        .filter(named -> named.getName().equals(port))
                        .map(ContainerPort::getContainerPort)
                        .map(String::valueOf))
                .containsExactly(reporters);
    }

    @Test
    void eachAlertHasAnEntryInTheRunbookAndEachEntryAnAlert() throws IOException {
        String url = "https://wiki/operations.md";
        List<Rule> alerts = alerts(Map.of("metrics.alerts.enabled", true, "metrics.alerts.runbooks", url));
        List<String> headings = Files.readAllLines(DOCS.resolve("operations.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        assertThat(alerts).extracting(Rule::getAlert).containsExactlyElementsOf(headings);
        for (Rule alert : alerts) {
            assertThat(alert.getAnnotations().get("summary")).isNotBlank();
            assertThat(alert.getAnnotations())
                    .containsEntry("runbook_url", url + "#" + alert.getAlert().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void alertsUseMetricsThatExistAndOfThisReleaseOnly() throws IOException {
        Set<String> known = documented();
        assertThat(known).contains(OPERATOR + "collection_operation_changes", OPERATOR + "freshnessMillis_count");
        known.addAll(FLINKS_OWN);
        for (Rule alert : alerts(Map.of("metrics.alerts.enabled", true))) {
            String expression = alert.getExpr().getStrVal();
            List<String> used = Pattern.compile("flink_\\w+")
                    .matcher(expression)
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(used).as(expression).isNotEmpty().isSubsetOf(known);
            assertThat(Pattern.compile("flink_\\w+[{]namespace=\"" + Chart.NAMESPACE
                                    + "\",pod=~\"retally-rep-progress-[.][*]\"")
                            .matcher(expression)
                            .results())
                    .as("each metric of " + expression + " is chosen by namespace and pod")
                    .hasSameSizeAs(used);
        }
    }

    private static List<Rule> alerts(Map<String, Object> values) throws IOException {
        return Chart.with(values).only(PrometheusRule.class).getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }

    /** The names that Prometheus has for the metrics of docs/metrics.md; a histogram has its count beside it. */
    private static Set<String> documented() throws IOException {
        Set<String> names = new HashSet<>();
        Matcher rows = METRIC.matcher(Files.readString(DOCS.resolve("metrics.md")));
        while (rows.find()) {
            String labels = Pattern.compile("`(\\w+)`")
                    .matcher(rows.group(3))
                    .results()
                    .map(label -> label.group(1) + "_")
                    .collect(Collectors.joining());
            String name = OPERATOR + labels + rows.group(1);
            names.add(name);
            if (rows.group(2).equals("histogram")) {
                names.add(name + "_count");
            }
        }
        return names;
    }
}
