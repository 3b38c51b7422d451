package io.retally.bench.probe;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Documents that nobody changes but probes: an account and all that belongs to it, so that its rows in every table follow
 * from them alone. The changes go round: after the last one the tables have the rows of the beginning.
 */
public final class Subject {
    private final String name;
    private final Supplier<List<ChangeOfDocument>> beginning;
    private final List<Step> cycle;
    private final Map<Collection, List<String>> ids = new EnumMap<>(Collection.class);

    /**
     * A change of the cycle.
     *
     * @param change in each round, counted from 0. What is inserted has another id in each, as one that was there before is
     *     no new document
     */
    public record Step(Kind kind, IntFunction<ChangeOfDocument> change) {}

    /** Which document. */
    record Key(Collection collection, BsonValue id) {}

    /**
     * Defines one.
     *
     * @param beginning inserts every document, with texts for ids; made anew each time, as nobody should hold them
     * @param cycle of one change at least
     */
    Subject(String name, Supplier<List<ChangeOfDocument>> beginning, List<Step> cycle) {
        this.name = name;
        this.beginning = beginning;
        this.cycle = List.copyOf(cycle);
        for (ChangeOfDocument change : beginning.get()) {
            if (change.collection() != Collection.INTERACTIONS) {
                ids.computeIfAbsent(change.collection(), none -> new ArrayList<>())
                        .add(change.id().asString().getValue());
            }
        }
    }

    public String name() {
        return name;
    }

    /** What has to be written before the first probe. */
    public List<ChangeOfDocument> beginning() {
        return beginning.get();
    }

    List<Step> cycle() {
        return cycle;
    }

    /** The documents after so many changes of the first round; from 0 to the length of the cycle. */
    Map<Key, BsonDocument> documentsAfter(int steps) {
        Map<Key, BsonDocument> documents = new LinkedHashMap<>();
        Stream.concat(
                        beginning.get().stream(),
                        cycle.stream().limit(steps).map(step -> step.change().apply(0)))
                .forEach(change -> {
                    Key key = new Key(change.collection(), change.id());
                    BsonDocument document = change.document();
                    if (document == null) {
                        documents.remove(key);
                    } else {
                        documents.put(key, document);
                    }
                });
        return documents;
    }

    /** The ids of a collection's documents, as the tables have them; of those that probes remove, too. Not of interactions. */
    List<String> ids(Collection collection) {
        return ids.getOrDefault(collection, List.of());
    }
}
