package io.retally.devkit.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** The topics of the suite. Capture writes them, nothing else creates any. */
public final class Topics {
    public static final String PREFIX = "retally";
    public static final String DEAD_LETTERS = PREFIX + ".dead-letters";
    /** Rules of assignments. */
    public static final String ASSIGNMENT_RULES = PREFIX + ".coaching.assignment_rules";
    /** Tells when capture has come past a point in time; see `verify`. */
    public static final String CAPTURE_MARKERS = PREFIX + ".coaching.capture_markers";

    public static final List<String> COLLECTIONS =
            List.of("accounts", "teams", "contacts", "programs", "enrollments", "interactions");
    private static final int PARTITIONS = 4;

    /** Dead letters hold what people wrote, and nobody needs them for ever. Kafka drops whole segments, of a day here. */
    private static final Map<String, String> DEAD_LETTER_SETTINGS = Map.of(
            "retention.ms",
            Long.toString(Duration.ofDays(30).toMillis()),
            "segment.ms",
            Long.toString(Duration.ofDays(1).toMillis()));

    private Topics() {}

    public static String live(String collection) {
        return PREFIX + ".coaching." + collection;
    }

    public static String backfill(String collection) {
        return PREFIX + ".backfill." + collection;
    }

    public static List<String> live() {
        return COLLECTIONS.stream().map(Topics::live).toList();
    }

    public static List<String> backfill() {
        return COLLECTIONS.stream().map(Topics::backfill).toList();
    }

    static Admin admin(String bootstrap, Duration timeout) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis()));
    }

    /** Creates what is missing. Throws while the broker does not answer. */
    public static void create(String bootstrap) throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = admin(bootstrap, Duration.ofSeconds(10))) {
            Set<String> known = admin.listTopics().names().get(10, TimeUnit.SECONDS);
            List<NewTopic> missing = new ArrayList<>();
            partitions().forEach((topic, partitions) -> {
                if (!known.contains(topic)) {
                    NewTopic created = new NewTopic(topic, Optional.of(partitions), Optional.empty());
                    missing.add(topic.equals(DEAD_LETTERS) ? created.configs(DEAD_LETTER_SETTINGS) : created);
                }
            });
            admin.createTopics(missing).all().get(30, TimeUnit.SECONDS);
        }
    }

    /** Deletes the topics of changes with all that they hold, and creates them anew. Nobody may be reading or writing them. */
    static void empty(String bootstrap) throws InterruptedException, ExecutionException, TimeoutException {
        List<String> changes =
                Stream.of(live(), backfill()).flatMap(List::stream).toList();
        try (Admin admin = admin(bootstrap, Duration.ofSeconds(10))) {
            admin.deleteTopics(changes).all().get(30, TimeUnit.SECONDS);
        }
        create(bootstrap);
    }

    /** How long a topic keeps a message at most: its retention, and until its segment is full. Null: for ever. */
    public static @Nullable Duration keptFor(String bootstrap, String topic) throws Lag.Unknown {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin(bootstrap, Duration.ofSeconds(10))) {
            Config settings = admin.describeConfigs(List.of(resource)).all().get(10, TimeUnit.SECONDS).values().stream()
                    .findFirst()
                    .orElseThrow();
            long retentionMillis = Long.parseLong(settings.get("retention.ms").value());
            long segmentMillis = Long.parseLong(settings.get("segment.ms").value());
            return retentionMillis < 0 ? null : Duration.ofMillis(retentionMillis + segmentMillis);
        } catch (ExecutionException | TimeoutException e) {
            throw new Lag.Unknown("the broker at " + bootstrap + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Lag.Unknown("interrupted", e);
        }
    }

    private static Map<String, Integer> partitions() {
        Map<String, Integer> partitions = new HashMap<>();
        live().forEach(topic -> partitions.put(topic, PARTITIONS));
        backfill().forEach(topic -> partitions.put(topic, PARTITIONS));
        partitions.put(DEAD_LETTERS, PARTITIONS);
        partitions.put(ASSIGNMENT_RULES, PARTITIONS);
        partitions.put(CAPTURE_MARKERS, 1);
        return partitions;
    }
}
