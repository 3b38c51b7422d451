package io.retally.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.retally.jobs.repprogress.RepProgressConfig;
import io.retally.jobs.repprogress.RepProgressJob;
import io.retally.sql.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.apache.flink.kubernetes.operator.api.spec.JobState;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart as Helm renders it, read strictly, and held against the job, the migrations and the pom. */
class ChartTest {

    private static final Path KUBERNETES = Path.of("..", "flink-conf", "kubernetes");

    @Test
    void lintsStrictly() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();
        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    @Test
    void makesByDefaultWhatTheJobNeedsAndNoSecret() throws IOException {
        assertThat(Chart.with(Map.of()).resources().stream()
                        .map(Object::getClass)
                        .<Class<?>>map(type -> type))
                .containsExactlyInAnyOrder(
                        FlinkDeployment.class,
                        ServiceAccount.class,
                        Role.class,
                        RoleBinding.class,
                        ConfigMap.class,
                        Job.class)
                .doesNotContain(Secret.class);
    }

    @Test
    void aFieldThatTheOperatorDoesNotKnowIsFound() throws IOException {
        for (JsonNode resource : Chart.render("retally", Map.of())) {
            if (resource.path("kind").asText().equals("FlinkDeployment")) {
                ObjectNode misspelt = resource.deepCopy();
                ((ObjectNode) misspelt.path("spec")).put("serviceAccountName", "flink");
                assertThatThrownBy(() -> Strict.read(misspelt)).isInstanceOf(UnrecognizedPropertyException.class);
                ObjectNode inPod = resource.deepCopy();
                ((ObjectNode) inPod.at("/spec/podTemplate/spec/containers/0")).put("securityContexts", "none");
                assertThatThrownBy(() -> Strict.read(inPod)).isInstanceOf(UnrecognizedPropertyException.class);
                return;
            }
        }
        throw new AssertionError("no FlinkDeployment");
    }

    @Test
    void theDeploymentRunsTheJobAndUpgradesBySavepoint() throws IOException {
        FlinkDeploymentSpec spec =
                Chart.with(Map.of()).only(FlinkDeployment.class).getSpec();
        assertThat(spec.getJob().getEntryClass()).isEqualTo(RepProgressJob.class.getName());
        assertThat(spec.getJob().getJarURI()).isEqualTo("local:///opt/flink/usrlib/retally-jobs.jar");
        assertThat(spec.getJob().getUpgradeMode()).isEqualTo(UpgradeMode.SAVEPOINT);
        assertThat(spec.getJob().getState()).isEqualTo(JobState.RUNNING);
        assertThat(spec.getJob().getInitialSavepointPath()).isNull();

        RepProgressConfig config = RepProgressConfig.parse(spec.getJob().getArgs());
        assertThat(config.kafka().bootstrap()).isEqualTo("kafka:9092");
        assertThat(config.postgres().url()).isEqualTo("jdbc:postgresql://postgres:5432/retally");
    }

    @Test
    void oneFlinkVersionEverywhere() throws IOException {
        JsonNode values =
                Strict.YAML.readTree(Chart.FOLDER.resolve("values.yaml").toFile());
        String version = System.getProperty("flink.version", "");
        assertThat(values.path("flinkVersion").asText()).isEqualTo(version);
        String minor = version.substring(0, version.lastIndexOf('.'));
        assertThat(Chart.with(Map.of()).only(FlinkDeployment.class).getSpec().getFlinkVersion())
                .hasToString("v" + minor.replace('.', '_'));
        assertThat(values.at("/migration/image").asText())
                .isEqualTo("flyway/flyway:" + System.getProperty("flyway.version"));
        JsonNode chart = Strict.YAML.readTree(Chart.FOLDER.resolve("Chart.yaml").toFile());
        assertThat(chart.path("version").asText()).isEqualTo(System.getProperty("retally.version"));
        assertThat(chart.path("appVersion").asText()).isEqualTo(System.getProperty("retally.version"));
    }

    @Test
    void theSettingsAreTheFilesAndWhatTheValuesDecide() throws IOException {
        Map<String, String> file =
                GlobalConfiguration.loadConfiguration(KUBERNETES.toString()).toMap();
        Map<String, String> expected = new LinkedHashMap<>(file);
        expected.put("execution.checkpointing.dir", "s3://bucket/x/checkpoints");
        expected.put("execution.checkpointing.savepoint-dir", "s3://bucket/x/savepoints");
        expected.put("high-availability.storageDir", "s3://bucket/x/ha");
        expected.put("execution.checkpointing.interval", "1 s");
        expected.put("s3.path.style.access", "true");
        FlinkDeploymentSpec spec = Chart.with(Map.of(
                        "storage.dir", "s3://bucket/x/",
                        "flinkConfiguration.execution\\.checkpointing\\.interval", "1 s",
                        "flinkConfiguration.s3\\.path\\.style\\.access", true))
                .only(FlinkDeployment.class)
                .getSpec();
        assertThat(spec.getFlinkConfiguration()).isEqualTo(expected);
        String logs = Files.readString(KUBERNETES.resolve("log4j-console.properties"));
        assertThat(spec.getLogConfiguration()).containsExactly(Map.entry("log4j-console.properties", logs));
    }

    @Test
    void podsMayWriteToVolumesOnlyAndAreNotRoot() throws IOException {
        Chart chart = Chart.with(Map.of());
        for (PodSpec pod : List.of(
                chart.only(FlinkDeployment.class).getSpec().getPodTemplate().getSpec(),
                chart.only(Job.class).getSpec().getTemplate().getSpec())) {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            for (Container container : pod.getContainers()) {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getVolumeMounts())
                        .as("each mount has its volume")
                        .allSatisfy(mount -> assertThat(pod.getVolumes())
                                .anyMatch(volume -> volume.getName().equals(mount.getName())));
            }
        }
    }

    @Test
    void thePasswordFileIsMountedWhereTheDriverLooks() throws IOException {
        Chart chart = Chart.with(Map.of("postgres.passwordFile.secretName", "other", "postgres.passwordFile.key", "k"));
        for (PodSpec pod : List.of(
                chart.only(FlinkDeployment.class).getSpec().getPodTemplate().getSpec(),
                chart.only(Job.class).getSpec().getTemplate().getSpec())) {
            Container container = pod.getContainers().get(0);
            String file = container.getEnv().stream()
                    .filter(variable -> variable.getName().equals("PGPASSFILE"))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            assertThat(container.getVolumeMounts())
                    .anyMatch(mount -> file.equals(mount.getMountPath() + "/pgpass") && mount.getReadOnly());
            assertThat(pod.getVolumes())
                    .anyMatch(volume -> volume.getSecret() != null
                            && volume.getSecret().getSecretName().equals("other")
                            && volume.getSecret().getItems().get(0).getKey().equals("k")
                            && volume.getSecret().getItems().get(0).getPath().equals("pgpass"));
        }
    }

    @Test
    void flinksFilesGoWhereAVolumeIs() throws IOException {
        FlinkDeploymentSpec spec =
                Chart.with(Map.of()).only(FlinkDeployment.class).getSpec();
        assertThat(spec.getPodTemplate().getSpec().getContainers().get(0).getVolumeMounts())
                .anyMatch(mount ->
                        mount.getMountPath().equals(spec.getFlinkConfiguration().get("io.tmp.dirs")));
    }

    @Test
    void migratesBeforeAnUpgradeWithTheFilesAndSettingsOfTheProject() throws IOException {
        Chart chart = Chart.with(Map.of("migration.user", "owner"));
        Job job = chart.only(Job.class);
        ConfigMap files = chart.only(ConfigMap.class);
        for (HasMetadata hook : List.of(job, files)) {
            assertThat(hook.getMetadata().getAnnotations()).containsEntry("helm.sh/hook", "pre-install,pre-upgrade");
        }
        try (Stream<Path> migrations = Files.list(Path.of("..", "sql", "postgres"))) {
            assertThat(files.getData().keySet())
                    .containsExactlyInAnyOrderElementsOf(migrations
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".sql"))
                            .toList());
        }
        List<String> arguments =
                job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs();
        Map<String, String> settings = arguments.stream()
                .filter(argument -> argument.startsWith("-"))
                .map(argument -> argument.substring(1).split("=", 2))
                .collect(Collectors.toMap(pair -> "flyway." + pair[0], pair -> pair[1]));
        // Flyway refuses a setting that it does not know.
        assertThat(Flyway.configure().configuration(settings).getUser()).isEqualTo("owner");
        assertThat(settings)
                .containsEntry("flyway.defaultSchema", Migrations.HISTORY_SCHEMA)
                .containsEntry("flyway.group", "true");
        assertThat(arguments).endsWith("migrate");
    }

    @Test
    void whatIsSwitchedOffIsNotThere() throws IOException {
        Chart chart = Chart.with(
                Map.of("migration.enabled", false, "serviceAccount.create", false, "serviceAccount.name", "mine"));
        assertThat(chart.resources()).hasSize(1);
        assertThat(chart.only(FlinkDeployment.class).getSpec().getServiceAccount())
                .isEqualTo("mine");
    }

    @Test
    void whatIsSwitchedOnIsThere() throws IOException {
        Chart chart = Chart.with(Map.of(
                "networkPolicy.enabled", true,
                "repProgress.state", "suspended",
                "repProgress.initialSavepoint", "s3://bucket/savepoint-1",
                "repProgress.jobManager.replicas", 2,
                "image.pullSecrets[0]", "registry",
                "image.tag", "1.2.3",
                "scheduling.nodeSelector.pool", "flink",
                "scheduling.tolerations[0].key", "flink",
                "serviceAccount.annotations.role", "retally"));
        FlinkDeployment deployment = chart.only(FlinkDeployment.class);
        FlinkDeploymentSpec spec = deployment.getSpec();
        assertThat(spec.getImage()).isEqualTo("registry.example.com/retally:1.2.3");
        assertThat(spec.getJob().getState()).isEqualTo(JobState.SUSPENDED);
        assertThat(spec.getJob().getInitialSavepointPath()).isEqualTo("s3://bucket/savepoint-1");
        assertThat(spec.getJobManager().getReplicas()).isEqualTo(2);
        PodSpec pod = spec.getPodTemplate().getSpec();
        assertThat(pod.getNodeSelector()).containsEntry("pool", "flink");
        assertThat(pod.getTolerations().get(0).getKey()).isEqualTo("flink");
        assertThat(pod.getImagePullSecrets().get(0).getName()).isEqualTo("registry");
        assertThat(chart.only(ServiceAccount.class).getMetadata().getAnnotations())
                .containsEntry("role", "retally");

        NetworkPolicy policy = chart.only(NetworkPolicy.class);
        assertThat(spec.getPodTemplate().getMetadata().getLabels())
                .as("the policy is the pods'")
                .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels());
        assertThat(policy.getSpec().getEgress().get(2).getPorts())
                .extracting(port -> port.getPort())
                .containsExactly(
                        new IntOrString(9092), new IntOrString(5432), new IntOrString(443), new IntOrString(6443));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres.url, jdbc:postgresql://db/retally?password=x, url",
        "postgres.url, postgres://db/retally, url",
        "kafka.bootstrap, kafka, bootstrap",
        "storage.dir, /local, dir",
        "flinkVersion, 2.0.0, flinkVersion",
        "repProgress.parallelism, 0, parallelism",
        "repProgress.paralelism, 2, paralelism",
        "metrics.alerts.capture.connector, retally, connector",
        "metrics.alerts.runbooks, https://x/operations.md#a, runbooks",
        "serviceAccount.create, false, serviceAccount.name"
    })
    void aWrongValueIsRefusedByName(String name, String value, String named) {
        assertThatThrownBy(() -> Chart.with(Map.of(name, value))).hasMessageContaining(named);
    }

    @Test
    void aReleaseNameThatFlinkCannotTakeIsRefused() {
        assertThatThrownBy(() -> Chart.render("r".repeat(33), Map.of())).hasMessageContaining("at most 32");
    }
}
