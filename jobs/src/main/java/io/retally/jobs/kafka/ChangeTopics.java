package io.retally.jobs.kafka;

import io.retally.core.document.Collection;
import io.retally.core.document.Origin;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of Retally's topics: {@code <prefix>.coaching.<collection>} for the connector's changes, {@code
 * <prefix>.backfill.<collection>} for documents from elsewhere, {@code <prefix>.coaching.assignment_rules} for the rules of
 * assignments, and {@code <prefix>.dead-letters}.
 */
public final class ChangeTopics implements Serializable {
    private static final long serialVersionUID = 1;

    /** What the messages of a topic are about. */
    public record Subject(Collection collection, Origin origin) implements Serializable {}

    private final String prefix;
    private final Map<String, Subject> subjects = new HashMap<>();

    public ChangeTopics(String prefix) {
        this.prefix = prefix;
        for (Origin origin : Origin.values()) {
            for (Collection collection : Collection.values()) {
                subjects.put(topic(origin, collection), new Subject(collection, origin));
            }
        }
    }

    public String topic(Origin origin, Collection collection) {
        return prefix + (origin == Origin.LIVE ? ".coaching." : ".backfill.") + collection.collectionName();
    }

    /** The connector's changes of {@code assignment_rules}: not among {@link #changes}, for rules are no documents of reps. */
    public String assignmentRules() {
        return prefix + ".coaching.assignment_rules";
    }

    public String deadLetters() {
        return prefix + ".dead-letters";
    }

    /** The topics of changes, live ones first. */
    public List<String> changes() {
        return List.of(Origin.values()).stream()
                .flatMap(origin -> List.of(Collection.values()).stream().map(collection -> topic(origin, collection)))
                .toList();
    }

    /** Matches the topics of changes and no others. */
    public Pattern changesPattern() {
        return anyOf(changes());
    }

    /** Matches the topics of changes of this collection and no others. */
    public Pattern changesPattern(Collection collection) {
        return anyOf(List.of(Origin.values()).stream()
                .map(origin -> topic(origin, collection))
                .toList());
    }

    /** Matches the topic of rules alone. */
    public Pattern assignmentRulesPattern() {
        return anyOf(List.of(assignmentRules()));
    }

    private static Pattern anyOf(List<String> topics) {
        return Pattern.compile(topics.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /** What a topic is about; throws if it is no topic of changes. */
    public Subject subject(String topic) {
        Subject subject = subjects.get(topic);
        if (subject == null) {
            throw new IllegalArgumentException("topic " + topic + " holds no changes; those are in " + changes());
        }
        return subject;
    }
}
