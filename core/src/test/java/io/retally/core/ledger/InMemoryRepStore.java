package io.retally.core.ledger;

import io.retally.core.total.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** A ledger in maps. Hands out values of its own, as state in bytes does. */
final class InMemoryRepStore implements RepStore {

    private Rep rep = Rep.NONE;
    private final Map<LessonKey, LessonFacts> facts = new HashMap<>();
    private final Map<String, long[]> days = new HashMap<>();

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
        return days.getOrDefault(programId + " " + day, new long[DayCounts.LENGTH])
                .clone();
    }

    @Override
    public void dayCounts(String programId, int day, long[] counts) {
        if (Vectors.isZero(counts)) {
            days.remove(programId + " " + day);
        } else {
            days.put(programId + " " + day, counts.clone());
        }
    }

    boolean isEmpty() {
        return rep.isEmpty() && facts.isEmpty() && days.isEmpty();
    }

    /** All that is kept, in a form that is equal exactly if it is. */
    List<Object> content() {
        return new ArrayList<>(List.of(
                rep,
                facts,
                days.entrySet().stream()
                        .collect(
                                Collectors.toMap(Map.Entry::getKey, day -> List.of(Arrays.toString(day.getValue()))))));
    }
}
