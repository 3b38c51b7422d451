package io.retally.devkit.load;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument.Op;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a load has written. {@code inserted} has every collection; {@code alreadyThere} of them were there before. */
public record LoadSummary(
        Map<Collection, Long> inserted, long replaced, long deleted, long alreadyThere, long elapsedNanos) {

    public LoadSummary {
        inserted = Map.copyOf(inserted);
    }

    public long documents() {
        return inserted.values().stream().mapToLong(Long::longValue).sum();
    }

    public long changes() {
        return documents() + replaced + deleted;
    }

    /** One line for people. */
    public String line(String what) {
        String byCollection = new EnumMap<>(inserted)
                .entrySet().stream()
                        .map(e ->
                                String.format(Locale.ROOT, "%s %,d", e.getKey().collectionName(), e.getValue()))
                        .collect(Collectors.joining(", "));
        double seconds = elapsedNanos / 1e9;
        return String.format(
                Locale.ROOT,
                "%s: inserted %,d documents (%s)%s; replaced %,d, deleted %,d; %.1f s, %,.0f changes/s",
                what,
                documents(),
                byCollection,
                alreadyThere == 0
                        ? ""
                        : String.format(Locale.ROOT, ", of them %,d interactions were there already", alreadyThere),
                replaced,
                deleted,
                seconds,
                changes() / seconds);
    }

    /** Counts changes while they pass. */
    static final class Counts {
        private final Map<Collection, Long> inserted = new EnumMap<>(Collection.class);
        private long replaced;
        private long deleted;

        Counts() {
            for (Collection collection : Collection.values()) {
                inserted.put(collection, 0L);
            }
        }

        void count(ChangeOfDocument change) {
            if (change.op() == Op.INSERT) {
                inserted.merge(change.collection(), 1L, Long::sum);
            } else if (change.op() == Op.REPLACE) {
                replaced++;
            } else {
                deleted++;
            }
        }

        LoadSummary summary(long elapsedNanos, long alreadyThere) {
            return new LoadSummary(inserted, replaced, deleted, alreadyThere, elapsedNanos);
        }
    }
}
