package io.retally.core.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which offset from UTC holds when. Two time zones are equal if they are one object: {@link TimeZones} gives all names of
 * the same rules the same one. Seconds are since 1970 UTC, offsets positive to the east.
 */
public final class TimeZone {

    /** From this second on this offset holds; mostly another one than before. */
    record Change(long at, int offsetSeconds) {}

    /** After this many years the calendar's weekdays come again, and so do the changes of a yearly rule. */
    private static final int CYCLE_YEARS = 400;

    private static final long CYCLE_SECONDS = 146_097L * 86_400;

    private final long[] changes;
    /** One more than changes: the offset before the first of them, then the offset after each. */
    private final int[] offsets;
    /** Whether the last cycle of the changes comes again for ever. */
    private final boolean recurs;
    /** What it was made of. */
    private final List<Change> listed;

    private final @Nullable YearlyRule rule;

    private TimeZone(int firstOffset, List<Change> listed, @Nullable YearlyRule rule, List<Change> changes) {
        this.listed = List.copyOf(listed);
        this.rule = rule;
        this.changes = changes.stream().mapToLong(Change::at).toArray();
        offsets = new int[changes.size() + 1];
        offsets[0] = firstOffset;
        for (int i = 0; i < changes.size(); i++) {
            offsets[i + 1] = changes.get(i).offsetSeconds();
        }
        recurs = rule != null;
    }

    /** The changes, ascending, and after them (there must be one) what the rule says; without a rule the last offset stays. */
    static TimeZone of(int firstOffset, List<Change> listed, @Nullable YearlyRule rule) {
        if (rule == null) {
            return new TimeZone(firstOffset, listed, null, listed);
        }
        List<Change> changes = new ArrayList<>(listed);
        long lastListed = listed.get(listed.size() - 1).at();
        int year = YearlyRule.yearOf(lastListed);
        // A year more than a cycle, as the year of the last change that is listed may miss some of the rule's.
        for (int y = year; y <= year + 1 + CYCLE_YEARS; y++) {
            rule.changesIn(y).stream()
                    .filter(change -> change.at() > lastListed)
                    .forEach(changes::add);
        }
        return new TimeZone(firstOffset, listed, rule, changes);
    }

    static TimeZone fixed(int offsetSeconds) {
        return of(offsetSeconds, List.of(), null);
    }

    int firstOffset() {
        return offsets[0];
    }

    List<Change> listed() {
        return listed;
    }

    @Nullable
    YearlyRule rule() {
        return rule;
    }

    /** Whether the other has the same rules, as that of another edition of the tz database may have. */
    public boolean hasRulesOf(TimeZone other) {
        return offsets[0] == other.offsets[0] && listed.equals(other.listed) && Objects.equals(rule, other.rule);
    }

    /** The offset that holds in this second. */
    public int offsetSeconds(long second) {
        return offsets[changesUntil(second - later(second))];
    }

    /** The first second after this one in which another offset may hold; {@link Long#MAX_VALUE} if there is none. */
    public long nextChange(long second) {
        long later = later(second);
        int next = changesUntil(second - later);
        return next == changes.length ? Long.MAX_VALUE : changes[next] + later;
    }

    /** How much later this second is than the one in the last listed cycle that has the same offset. */
    private long later(long second) {
        if (!recurs || second < changes[changes.length - 1]) {
            return 0;
        }
        return (Math.floorDiv(second - changes[changes.length - 1], CYCLE_SECONDS) + 1) * CYCLE_SECONDS;
    }

    private int changesUntil(long second) {
        int found = Arrays.binarySearch(changes, second);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
