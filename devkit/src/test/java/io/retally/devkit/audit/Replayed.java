package io.retally.devkit.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.retally.devkit.stack.Lag;
import io.retally.devkit.stack.Topics;
import io.retally.devkit.verify.Logs;
import io.retally.oracle.Change;
import io.retally.oracle.ChangeReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;

/**
 * What the live topics say, by the oracle's reading.
 *
 * @param documents by collection and id
 * @param partitionsOfKeys the partitions in which a topic's key was seen
 * @param snapshots how many messages of each topic are a snapshot's
 */
record Replayed(
        Map<String, BsonDocument> documents,
        Map<String, Set<Integer>> partitionsOfKeys,
        Map<String, Integer> snapshots) {

    static Replayed of(String bootstrap) throws Exception {
        Replayed replayed = new Replayed(new HashMap<>(), new HashMap<>(), new HashMap<>());
        new Logs(bootstrap).read(Lag.ends(bootstrap, Topics.live()), message -> {
            String collection = message.topic().replaceFirst(".*\\.", "");
            replayed.partitionsOfKeys
                    .computeIfAbsent(collection + " " + new String(message.key(), UTF_8), key -> new HashSet<>())
                    .add(message.partition());
            if (message.value() != null && new String(message.value(), UTF_8).contains("\"op\":\"r\"")) {
                replayed.snapshots.merge(collection, 1, Integer::sum);
            }
            Change change = ChangeReader.read(message.key(), message.value()).change();
            if (change instanceof Change.Present present) {
                replayed.documents.put(collection + " " + present.id(), present.document());
            } else if (change instanceof Change.Gone gone) {
                replayed.documents.remove(collection + " " + gone.id());
            }
        });
        return replayed;
    }

    List<Set<Integer>> keysInSeveralPartitions() {
        return partitionsOfKeys.values().stream()
                .filter(partitions -> partitions.size() > 1)
                .toList();
    }
}
