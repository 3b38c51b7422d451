package io.retally.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.retally.jobs.assignments.LessonAssignmentsJob;
import io.retally.jobs.report.SqlReportConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than one job: reports, further jobs, the autoscaler; the sizes that come with the chart; each switch of the values. */
class JobsTest {
    private static final Path PROJECT = Path.of("..");

    @Test
    void eachReportIsAJobOfItsOwnWithItsFileAndVariables() throws IOException {
        Chart chart = Chart.with(Map.of(
                "reports.files[0].file", "program_comparison.sql",
                "reports.files[0].variables.postgres_user", "someone",
                "reports.files[1].file", "weekly.sql",
                "reports.files[1].name", "short",
                "reports.files[1].job.taskManager.memory", "2g"));
        FlinkDeploymentSpec first =
                named(chart, "retally-report-program-comparison").getSpec();
        assertThat(first.getJob().getEntryClass()).isEqualTo("io.retally.jobs.report.SqlReportJob");
        assertThat(first.getJob().getUpgradeMode()).isEqualTo(UpgradeMode.SAVEPOINT);
        assertThat(first.getJob().getArgs())
                .startsWith("run", "--catalog", "/opt/retally/sql/flink/catalog.sql")
                .endsWith("/opt/retally/sql/flink/program_comparison.sql")
                .containsSubsequence("--var", "kafka_bootstrap=kafka:9092")
                .containsSubsequence("--var", "postgres_user=someone");
        assertThat(first.getTaskManager().getResource().getMemory()).isEqualTo("3072m");
        FlinkDeploymentSpec second = named(chart, "retally-report-short").getSpec();
        assertThat(second.getJob().getArgs()).containsSubsequence("--var", "postgres_user=retally_reporter");
        assertThat(second.getTaskManager().getResource().getMemory()).isEqualTo("2g");
        assertThat(second.getTaskManager().getResource().getCpu())
                .isEqualTo(first.getTaskManager().getResource().getCpu());
        assertThat(chart.all(FlinkDeployment.class)).hasSize(3);
    }

    /** The job reads the arguments, the image has the files, and the catalogue the variables. */
    @Test
    void whatAReportIsGivenIsThere() throws IOException {
        Chart chart = Chart.with(Map.of("reports.files[0].file", "program_comparison.sql"));
        SqlReportConfig config = SqlReportConfig.parse(named(chart, "retally-report-program-comparison")
                .getSpec()
                .getJob()
                .getArgs());
        assertThat(config.command()).isEqualTo(SqlReportConfig.Command.RUN);
        assertThat(config.conf()).as("the cluster's own").isNull();
        String copied = Files.readAllLines(PROJECT.resolve("container/Dockerfile")).stream()
                .filter(line -> line.startsWith("COPY sql/flink/ "))
                .map(line -> line.substring("COPY sql/flink/ ".length()))
                .collect(Collectors.joining());
        for (Path file : List.of(config.catalog(), config.files().get(0))) {
            assertThat(file).hasParentRaw(Path.of(copied));
            assertThat(PROJECT.resolve("sql/flink").resolve(file.getFileName())).exists();
        }
        String catalog = Files.readString(PROJECT.resolve("sql/flink/catalog.sql"));
        assertThat(config.variables().keySet())
                .allSatisfy(name -> assertThat(catalog).contains("-- @param " + name + " "));
    }

    @Test
    void jobsFindKafkasSettingsAndCertificates() throws IOException {
        Map<String, Object> values = new HashMap<>(Map.of(
                "tls.secretName", "certificates",
                "kafka.client.security\\.protocol", "SSL",
                "kafka.client.ssl\\.keystore\\.password", "${file:/etc/retally/tls/kafka.properties:keystore}",
                "reports.files[0].file", "program_comparison.sql"));
        Chart chart = Chart.with(values);
        ConfigMap settings = chart.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals("retally-kafka-client"))
                .findFirst()
                .orElseThrow();
        Properties read = new Properties();
        read.load(new StringReader(settings.getData().get("client.properties")));
        assertThat(read)
                .containsOnly(
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("ssl.keystore.password", "${file:/etc/retally/tls/kafka.properties:keystore}"));

        String file = "/etc/retally/kafka/client.properties";
        assertThat(named(chart, "retally-rep-progress").getSpec().getJob().getArgs())
                .containsSubsequence("--kafka.client", file);
        SqlReportConfig report = SqlReportConfig.parse(named(chart, "retally-report-program-comparison")
                .getSpec()
                .getJob()
                .getArgs());
        assertThat(report.variables()).containsEntry("kafka_client", file);
        for (FlinkDeployment job : chart.all(FlinkDeployment.class)) {
            PodSpec pod = job.getSpec().getPodTemplate().getSpec();
            assertThat(mounted(pod, "/etc/retally/kafka").getConfigMap().getName())
                    .isEqualTo("retally-kafka-client");
            assertThat(mounted(pod, "/etc/retally/tls").getSecret().getSecretName())
                    .isEqualTo("certificates");
        }
        PodSpec migration = chart.only(Job.class).getSpec().getTemplate().getSpec();
        assertThat(mounted(migration, "/etc/retally/tls").getSecret().getSecretName())
                .isEqualTo("certificates");

        values.put("kafka.client.security\\.protocol", "SASL_SSL");
        assertThat(annotations(Chart.with(values)))
                .as("a change of the settings is a change of the deployment")
                .isNotEqualTo(annotations(chart));
    }

    private static Map<String, String> annotations(Chart chart) {
        return named(chart, "retally-rep-progress")
                .getSpec()
                .getPodTemplate()
                .getMetadata()
                .getAnnotations();
    }

    private static Volume mounted(PodSpec pod, String path) {
        String name = pod.getContainers().get(0).getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().equals(path) && mount.getReadOnly())
                .map(VolumeMount::getName)
                .findFirst()
                .orElseThrow();
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssl\\.keystore\\.password", "sasl\\.jaas\\.config", "ssl\\.keystore\\.key"})
    void aSecretAmongKafkasSettingsIsRefused(String name) {
        assertThatThrownBy(() -> Chart.with(Map.of("kafka.client." + name, "hush")))
                .hasMessageContaining("kafka.client holds no secret")
                .hasMessageContaining("${file:/etc/retally/tls/");
    }

    @Test
    void aFurtherJobIsRunAsRepProgressIs() throws IOException {
        Chart chart = Chart.with(Map.of(
                "jobs[0].name", "assign",
                "jobs[0].entryClass", "io.example.Assign",
                "jobs[0].args[0]", "--x",
                "jobs[0].env[0].name", "URI",
                "jobs[0].env[0].valueFrom.secretKeyRef.name", "mongodb",
                "jobs[0].env[0].valueFrom.secretKeyRef.key", "uri"));
        FlinkDeploymentSpec job = named(chart, "retally-assign").getSpec();
        FlinkDeploymentSpec repProgress = named(chart, "retally-rep-progress").getSpec();
        assertThat(job.getJob().getEntryClass()).isEqualTo("io.example.Assign");
        assertThat(job.getJob().getArgs()).containsExactly("--x");
        assertThat(job.getImage()).isEqualTo(repProgress.getImage());
        assertThat(job.getFlinkConfiguration()).isEqualTo(repProgress.getFlinkConfiguration());
        List<EnvVar> env = job.getPodTemplate().getSpec().getContainers().get(0).getEnv();
        assertThat(env).extracting(EnvVar::getName).containsExactly("PGPASSFILE", "URI");
        assertThat(env.get(1).getValueFrom().getSecretKeyRef().getName()).isEqualTo("mongodb");
        assertThat(job.getPodTemplate().getSpec().getSecurityContext())
                .isEqualTo(repProgress.getPodTemplate().getSpec().getSecurityContext());
    }

    /** As docs/assignments.md has it. */
    @Test
    void assignmentsAreSuchAJob() throws IOException {
        String page = Files.readString(PROJECT.resolve("docs/assignments.md"));
        int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
        JsonNode values = Strict.YAML.readTree(page.substring(begin, page.indexOf("```", begin)));
        JsonNode documented = values.at("/jobs/0");
        assertThat(documented.path("entryClass").asText()).isEqualTo(LessonAssignmentsJob.class.getName());
        Chart chart = Chart.with(Map.of(
                "jobs[0].name", documented.path("name").asText(),
                "jobs[0].entryClass", documented.path("entryClass").asText(),
                "jobs[0].args[0]", documented.at("/args/0").asText(),
                "jobs[0].args[1]", documented.at("/args/1").asText(),
                "jobs[0].env[0].name", documented.at("/env/0/name").asText(),
                "jobs[0].env[0].valueFrom.secretKeyRef.name",
                        documented.at("/env/0/valueFrom/secretKeyRef/name").asText(),
                "jobs[0].env[0].valueFrom.secretKeyRef.key",
                        documented.at("/env/0/valueFrom/secretKeyRef/key").asText()));
        FlinkDeploymentSpec job =
                named(chart, "retally-" + documented.path("name").asText()).getSpec();
        assertThat(job.getJob().getArgs()).containsExactly("--kafka.bootstrap", "kafka:9092");
        assertThat(job.getPodTemplate().getSpec().getContainers().get(0).getEnv())
                .extracting(EnvVar::getName)
                .contains("RETALLY_MONGODB_URI");
    }

    @Test
    void aJobsNameThatFlinkCannotTakeIsRefused() {
        assertThatThrownBy(() -> Chart.with(Map.of("reports.files[0].file", "r".repeat(40) + ".sql")))
                .hasMessageContaining("45 characters");
    }

    @Test
    void theAutoscalerHasBoundsAndATarget() throws IOException {
        Predicate<String> autoscaler = key -> key.startsWith("job.autoscaler.");
        assertThat(settings(Map.of()).keySet()).noneMatch(autoscaler).doesNotContain("jobmanager.scheduler");
        Map<String, String> settings = settings(Map.of(
                "repProgress.autoscaler.enabled", true,
                "repProgress.autoscaler.minParallelism", 3,
                "repProgress.autoscaler.maxParallelism", 12));
        assertThat(settings)
                .containsEntry("jobmanager.scheduler", "adaptive")
                .containsEntry("job.autoscaler.enabled", "true")
                .containsEntry("job.autoscaler.vertex.min-parallelism", "3")
                .containsEntry("job.autoscaler.vertex.max-parallelism", "12")
                .containsEntry("job.autoscaler.target.utilization", "0.6");
        assertThat(settings.keySet().stream().filter(autoscaler))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(FlinkOptions.byKey()).containsKey(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"values-small.yaml", "values-peak.yaml"})
    void theSizesThatComeWithTheChartAreValuesOfItAndHaveASlotACore(String file) throws IOException {
        JsonNode values = Strict.YAML.readTree(Chart.FOLDER.resolve(file).toFile());
        assertThat(values).isNotEmpty();
        Chart chart = Chart.of(Path.of(Chart.FOLDER.toString(), file));
        FlinkDeploymentSpec job = named(chart, "retally-rep-progress").getSpec();
        JsonNode given = values.path("repProgress");
        assertThat(job.getJob().getParallelism())
                .isEqualTo(given.path("parallelism").asInt());
        assertThat(job.getTaskManager().getResource().getMemory())
                .isEqualTo(given.at("/taskManager/memory").asText());
        assertThat(job.getFlinkConfiguration().get("taskmanager.numberOfTaskSlots"))
                .isEqualTo(String.valueOf(
                        job.getTaskManager().getResource().getCpu().intValue()));
    }

    /** Every true or false in the values, turned over by itself and all together. */
    @Test
    void everySwitchCanBeTurnedOver() throws IOException {
        Map<String, Object> turned = new HashMap<>();
        collect("", Strict.YAML.readTree(Chart.FOLDER.resolve("values.yaml").toFile()), turned);
        assertThat(turned).hasSizeGreaterThan(8).containsKey("metrics.alerts.enabled");
        for (Map.Entry<String, Object> one : turned.entrySet()) {
            assertThat(Chart.with(complete(Map.of(one.getKey(), one.getValue())))
                            .resources())
                    .as(one.getKey())
                    .isNotEmpty();
        }
        for (String by : List.of("none", "strimzi", "rest")) {
            Map<String, Object> all = complete(turned);
            all.put("connector.by", by);
            assertThat(Chart.with(all).resources()).as(by).isNotEmpty();
        }
    }

    /** An account that the chart does not make has a name. */
    private static Map<String, Object> complete(Map<String, Object> values) {
        Map<String, Object> complete = new HashMap<>(values);
        complete.put("serviceAccount.name", "mine");
        return complete;
    }

    private static void collect(String path, JsonNode value, Map<String, Object> turned) {
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String name = path + entry.getKey();
            if (entry.getValue().isBoolean()) {
                turned.put(name, !entry.getValue().asBoolean());
            } else if (entry.getValue().isObject()) {
                collect(name + ".", entry.getValue(), turned);
            }
        }
    }

    private static Map<String, String> settings(Map<String, Object> values) throws IOException {
        return Chart.with(values).only(FlinkDeployment.class).getSpec().getFlinkConfiguration();
    }

    private static FlinkDeployment named(Chart chart, String name) {
        List<FlinkDeployment> all = new ArrayList<>(chart.all(FlinkDeployment.class));
        all.removeIf(deployment -> !deployment.getMetadata().getName().equals(name));
        assertThat(all).as(name).hasSize(1);
        return all.get(0);
    }
}
