package io.retally.jmh;

import io.retally.core.document.Verb;
import io.retally.core.ledger.LessonFacts;
import io.retally.core.ledger.LessonKey;
import io.retally.core.ledger.Rep;
import io.retally.core.ledger.RepStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** A rep's ledger in maps, so that what is measured is the arithmetic and not RocksDB. */
final class LedgerInMemory implements RepStore {
    private static final int VERBS = Verb.values().length;

    private final Map<LessonKey, LessonFacts> facts = new HashMap<>();
    private final Map<Day, long[]> days = new HashMap<>();
    private Rep rep = Rep.NONE;

    private record Day(String programId, int day) {}

    @Override
    public Rep rep() {
        return rep;
    }

    @Override
    public void rep(Rep now) {
        rep = now;
    }

    @Override
    public LessonFacts facts(LessonKey key) {
        return facts.getOrDefault(key, LessonFacts.EMPTY);
    }

    @Override
    public void facts(LessonKey key, LessonFacts now) {
        if (now.isEmpty()) {
            facts.remove(key);
        } else {
            facts.put(key, now);
        }
    }

    @Override
    public void forEachLesson(BiConsumer<LessonKey, LessonFacts> action) {
        facts.forEach(action);
    }

    @Override
    public long[] dayCounts(String programId, int day) {
        long[] counts = days.get(new Day(programId, day));
        return counts == null ? new long[VERBS] : counts.clone();
    }

    @Override
    public void dayCounts(String programId, int day, long[] counts) {
        if (Arrays.stream(counts).allMatch(count -> count == 0)) {
            days.remove(new Day(programId, day));
        } else {
            days.put(new Day(programId, day), counts.clone());
        }
    }
}
