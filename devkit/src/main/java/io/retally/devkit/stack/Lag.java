package io.retally.devkit.stack;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many messages are in the logs and not yet in a published epoch. */
public final class Lag {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Lag() {}

    /** The broker does not answer. */
    public static final class Unknown extends Exception {
        Unknown(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** By group of topics: live, backfill. */
    public static Map<String, Long> messages(String bootstrap, Connection connection) throws SQLException, Unknown {
        Map<TopicPartition, Long> published = published(connection);
        Map<TopicPartition, Long> ends = ends(
                bootstrap,
                Stream.of(Topics.live(), Topics.backfill())
                        .flatMap(List::stream)
                        .toList());
        Map<String, Long> lag = new LinkedHashMap<>();
        lag.put("live", behind(Topics.live(), ends, published));
        lag.put("backfill", behind(Topics.backfill(), ends, published));
        return lag;
    }

    /** How many messages of those that the tables stand for this consumer group has not read and committed. */
    static long behindTables(String bootstrap, String group, Connection connection) throws SQLException, Unknown {
        Map<TopicPartition, Long> published = published(connection);
        try (Admin admin = Topics.admin(bootstrap, PATIENCE)) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return published.entrySet().stream()
                    .mapToLong(position -> {
                        OffsetAndMetadata read = committed.get(position.getKey());
                        return Math.max(0, position.getValue() - (read == null ? 0 : read.offset()));
                    })
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            throw unanswered(bootstrap, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unknown("interrupted", e);
        }
    }

    private static Unknown unanswered(String bootstrap, Exception cause) {
        return new Unknown("the broker at " + bootstrap + " does not answer", cause);
    }

    private static long behind(
            List<String> topics, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> published) {
        return ends.entrySet().stream()
                .filter(end -> topics.contains(end.getKey().topic()))
                .mapToLong(end -> Math.max(0, end.getValue() - published.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    private static Map<TopicPartition, Long> published(Connection connection) throws SQLException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select topic, partition, next_offset from staging.source_position")) {
            while (rows.next()) {
                positions.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        return positions;
    }

    /** The end of every partition of these topics. */
    public static Map<TopicPartition, Long> ends(String bootstrap, List<String> topics) throws Unknown {
        try (Admin admin = Topics.admin(bootstrap, PATIENCE)) {
            var descriptions = admin.describeTopics(topics).allTopicNames().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Map<TopicPartition, OffsetSpec> asked = descriptions.values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResultInfo> answers =
                    admin.listOffsets(asked).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return answers.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, answer -> answer.getValue().offset()));
        } catch (ExecutionException | TimeoutException e) {
            throw unanswered(bootstrap, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unknown("interrupted", e);
        }
    }
}
