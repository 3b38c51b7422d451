package io.retally.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.retally.jobs.kafka.ChangeTopics;
import io.strimzi.api.kafka.model.connector.KafkaConnector;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The connector and the topics, held against the embedded stack's connector and the topics that the job reads and writes. */
class CaptureTest {

    private static final Path FILE = Path.of("..", "devkit", "connector", "mongodb-source.json");

    /** Without the migration, which is a Job as well. */
    private static final Map<String, Object> BY_REST = Map.of(
            "connector.by", "rest",
            "connector.rest.url", "http://connect.kafka:8083/",
            "kafka.topicPrefix", "other",
            "migration.enabled", false);

    @Test
    void nothingOfItByDefault() throws IOException {
        assertThat(Chart.with(Map.of("migration.enabled", false)).resources())
                .noneMatch(resource -> resource instanceof KafkaConnector
                        || resource instanceof KafkaTopic
                        || resource instanceof Job);
    }

    @Test
    void strimziGetsTheSettingsOfTheFile() throws IOException {
        Chart chart = Chart.with(Map.of(
                "connector.by", "strimzi",
                "connector.strimzi.cluster", "cdc",
                "connector.strimzi.namespace", "kafka",
                "connector.config.producer\\.override\\.compression\\.type", "zstd"));
        KafkaConnector connector = chart.only(KafkaConnector.class);
        assertThat(connector.getMetadata().getNamespace()).isEqualTo("kafka");
        assertThat(connector.getMetadata().getLabels()).containsEntry("strimzi.io/cluster", "cdc");
        Map<String, Object> settings = new TreeMap<>(connector.getSpec().getConfig());
        settings.put("connector.class", connector.getSpec().getClassName());
        settings.put("tasks.max", String.valueOf(connector.getSpec().getTasksMax()));
        Map<String, Object> expected = new TreeMap<>(settingsOfTheFile());
        expected.put("producer.override.compression.type", "zstd");
        assertThat(settings).isEqualTo(expected);
    }

    @Test
    void aPlainConnectIsToldTheSettingsOfTheFile() throws IOException {
        Chart chart = Chart.with(BY_REST);
        ConfigMap settings = chart.only(ConfigMap.class);
        Job job = chart.only(Job.class);
        for (HasMetadata hook : List.of(settings, job)) {
            assertThat(hook.getMetadata().getAnnotations()).containsEntry("helm.sh/hook", "post-install,post-upgrade");
        }
        Map<String, String> expected = new TreeMap<>(settingsOfTheFile());
        expected.put("topic.prefix", "other");
        assertThat(read(requireNonNull(settings.getData().get("config.json")))).isEqualTo(expected);

        PodSpec pod = job.getSpec().getTemplate().getSpec();
        Container curl = pod.getContainers().get(0);
        assertThat(curl.getArgs()).endsWith("http://connect.kafka:8083/connectors/retally-mongodb/config");
        assertThat(curl.getArgs())
                .containsSubsequence("--request", "PUT")
                .containsSubsequence(
                        "--data-binary", "@" + curl.getVolumeMounts().get(0).getMountPath() + "/config.json");
        assertThat(pod.getVolumes().get(0).getConfigMap().getName())
                .isEqualTo(settings.getMetadata().getName());
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(curl.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(curl.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    }

    @Test
    void thePolicyLetsTheJobReachConnectOnlyIfItMust() throws IOException {
        Map<String, Object> on = new HashMap<>(BY_REST);
        on.put("networkPolicy.enabled", true);
        assertThat(egress(on)).contains(8083);
        on.put("connector.by", "none");
        assertThat(egress(on)).doesNotContain(8083, 27017).contains(9092);
        on.put("networkPolicy.otherPorts[0]", 27017);
        assertThat(egress(on)).contains(27017);
    }

    private static List<Integer> egress(Map<String, Object> values) throws IOException {
        return Chart.with(values).only(NetworkPolicy.class).getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .toList();
    }

    @Test
    void theTopicsAreTheJobsAndTheMarkers() throws IOException {
        Chart chart = Chart.with(Map.of(
                "topics.enabled", true, "topics.partitions", 6, "topics.replicas", 2, "kafka.topicPrefix", "other"));
        ChangeTopics names = new ChangeTopics("other");
        Map<String, KafkaTopic> topics = new TreeMap<>();
        chart.all(KafkaTopic.class).forEach(topic -> topics.put(topic.getSpec().getTopicName(), topic));
        assertThat(topics.keySet())
                .containsAll(names.changes())
                .contains(names.deadLetters(), names.assignmentRules(), "other.coaching.capture_markers")
                .hasSize(names.changes().size() + 3);
        topics.forEach((name, topic) -> {
            assertThat(topic.getMetadata().getName()).as(name).matches("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");
            assertThat(topic.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
            assertThat(topic.getSpec().getPartitions()).as(name).isEqualTo(name.endsWith("markers") ? 1 : 6);
            assertThat(topic.getSpec().getReplicas()).isEqualTo(2);
            assertThat(topic.getSpec().getConfig()).containsEntry("min.insync.replicas", "2");
        });
        for (String name : names.changes()) {
            assertThat(requireNonNull(topics.get(name)).getSpec().getConfig())
                    .as("the log from which the tables can be made anew")
                    .containsEntry("retention.ms", "-1")
                    .containsEntry("cleanup.policy", "delete");
        }
        assertThat(requireNonNull(topics.get(names.deadLetters())).getSpec().getConfig())
                .containsEntry("retention.ms", "2592000000");
    }

    private static Map<String, String> settingsOfTheFile() throws IOException {
        return new ObjectMapper()
                .convertValue(
                        new ObjectMapper().readTree(FILE.toFile()).path("config"),
                        new TypeReference<Map<String, String>>() {});
    }

    private static Map<String, String> read(String json) throws IOException {
        return new ObjectMapper().readValue(json, new TypeReference<Map<String, String>>() {});
    }
}
