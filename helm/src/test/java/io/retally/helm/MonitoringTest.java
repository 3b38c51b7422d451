package io.retally.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.junit.jupiter.api.Test;

/** What the chart gives the Prometheus operator, held against the pods, docs/metrics.md and docs/operations.md. */
class MonitoringTest {

    static final Map<String, Object> ALL_ALERTS = Map.of(
            "metrics.alerts.enabled", true,
            "metrics.alerts.capture.enabled", true,
            "metrics.alerts.postgres.enabled", true);

    @Test
    void nothingOfItByDefault() throws IOException {
        assertThat(Chart.with(Map.of()).resources())
                .noneMatch(ServiceMonitor.class::isInstance)
                .noneMatch(PrometheusRule.class::isInstance);
    }

    @Test
    void eachSwitchIsItsOwn() throws IOException {
        assertThat(Chart.with(Map.of("metrics.serviceMonitor.enabled", true)).resources())
                .hasAtLeastOneElementOfType(ServiceMonitor.class)
                .noneMatch(PrometheusRule.class::isInstance);
        assertThat(Chart.with(Map.of("metrics.alerts.enabled", true)).resources())
                .hasAtLeastOneElementOfType(PrometheusRule.class)
                .noneMatch(ServiceMonitor.class::isInstance);
    }

    @Test
    void aSuspendedJobAlertsNobody() throws IOException {
        assertThat(Chart.with(Map.of("metrics.alerts.enabled", true, "repProgress.state", "suspended"))
                        .resources())
                .noneMatch(PrometheusRule.class::isInstance);
    }

    @Test
    void theMonitorReadsTheReportersPortOfTheJobsPods() throws IOException {
        Chart chart = Chart.with(Map.of("metrics.serviceMonitor.enabled", true, "metrics.labels.release", "x"));
        ServiceMonitor monitor = chart.only(ServiceMonitor.class);
        Service service = chart.only(Service.class);
        assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "x");
        assertThat(service.getMetadata().getLabels())
                .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels())
                .as("and it is the only one: Flink's own services are not the monitor's")
                .isNotEqualTo(service.getSpec().getSelector());
        assertThat(monitor.getSpec().getEndpoints())
                .extracting(Endpoint::getPort)
                .containsExactly(service.getSpec().getPorts().get(0).getName());

        PodTemplateSpec pods = chart.only(FlinkDeployment.class).getSpec().getPodTemplate();
        assertThat(pods.getMetadata().getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector());
        String port = service.getSpec().getPorts().get(0).getTargetPort().getStrVal();
        String reporters = GlobalConfiguration.loadConfiguration(
                        Path.of("..", "flink-conf", "kubernetes").toString())
                .toMap()
                .get("metrics.reporter.prom.port");
        assertThat(pods.getSpec().getContainers().get(0).getPorts().stream()
                        .filter(named -> named.getName().equals(port))
                        .map(ContainerPort::getContainerPort)
                        .map(String::valueOf))
                .containsExactly(reporters);
    }

    @Test
    void alertsOnOthersAreSwitchedOnByThemselves() throws IOException {
        List<String> own = names(Map.of("metrics.alerts.enabled", true));
        List<String> ofCapture = names(Map.of("metrics.alerts.enabled", true, "metrics.alerts.capture.enabled", true));
        List<String> ofPostgres =
                names(Map.of("metrics.alerts.enabled", true, "metrics.alerts.postgres.enabled", true));
        assertThat(ofCapture).containsAll(own).contains("RetallyOplogWindowShort");
        assertThat(ofPostgres).containsAll(own).contains("RetallyPostgresNearLimits");
        assertThat(names(ALL_ALERTS))
                .hasSize(ofCapture.size() + ofPostgres.size() - own.size())
                .doesNotHaveDuplicates();
    }

    private static List<String> names(Map<String, Object> values) throws IOException {
        return alerts(values).stream().map(Rule::getAlert).toList();
    }

    @Test
    void eachAlertHasAnEntryInTheRunbookAndEachEntryAnAlert() throws IOException {
        String url = "https://wiki/operations.md";
        Map<String, Object> values = new HashMap<>(ALL_ALERTS);
        values.put("metrics.alerts.runbooks", url);
        List<Rule> alerts = alerts(values);
        List<String> headings = Files.readAllLines(Documented.DOCS.resolve("operations.md")).stream()
                .filter(line -> line.startsWith("## Retally"))
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
        Set<String> known = Documented.names();
        assertThat(known)
                .contains(
                        Documented.OPERATOR + "collection_operation_changes",
                        Documented.OPERATOR + "freshnessMillis_count");
        for (Rule alert : alerts(ALL_ALERTS)) {
            String expression = alert.getExpr().getStrVal();
            assertThat(known).as(expression).containsAll(Documented.usedBy(expression));
            assertThat(Pattern.compile("flink_\\w+[{]namespace=\"" + Chart.NAMESPACE
                                    + "\",pod=~\"retally-rep-progress-[.][*]\"")
                            .matcher(expression)
                            .results())
                    .as("each metric of " + expression + " is chosen by namespace and pod")
                    .hasSize((int) Pattern.compile("\\bflink_\\w+")
                            .matcher(expression)
                            .results()
                            .count());
        }
    }

    static List<Rule> alerts(Map<String, Object> values) throws IOException {
        return Chart.with(values).only(PrometheusRule.class).getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }
}
