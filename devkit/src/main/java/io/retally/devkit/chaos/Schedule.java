package io.retally.devkit.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * What is done to a stack and when, the same for the same seed. It goes in rounds of about two minutes: a storm, in which faults
 * come while others last; then single kills, each of a stack that is well; then calm, in which the stack is checked. The rounds take
 * turns at the parts to kill: no part is killed singly a second time before all others were.
 */
record Schedule(List<Round> rounds) {
    private static final int ROUND_SECONDS = 120;
    private static final int STORM_SECONDS = 80;
    private static final int KILLS_A_ROUND = 2;
    /** On average; the waits between faults are exponentially distributed. */
    private static final double MEAN_GAP_MILLIS = 1_800;

    /** @param kills in the order in which they are done, when the storm is over */
    record Round(List<Fault> storm, List<FaultKind> kills) {
        Round {
            storm = List.copyOf(storm);
            kills = List.copyOf(kills);
        }
    }

    /**
     * A fault of a storm.
     *
     * @param atMillis after the storm's beginning
     * @param lastsMillis 0 if it is over at once
     * @param dice decides what the kind leaves open
     */
    record Fault(long atMillis, FaultKind kind, long lastsMillis, long dice) {}

    Schedule {
        rounds = List.copyOf(rounds);
    }

    static Schedule of(long seed, int minutes, List<FaultKind> kinds) {
        Random random = new Random(seed);
        List<FaultKind> weighted = new ArrayList<>();
        kinds.forEach(kind -> weighted.addAll(Collections.nCopies(kind.weight(), kind)));
        int count = Math.max(1, Math.round(minutes * 60f / ROUND_SECONDS));
        List<FaultKind> single = kinds.stream().filter(FaultKind::isKill).toList();
        Deque<FaultKind> turns = new ArrayDeque<>();
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<FaultKind> kills = new ArrayList<>();
            while (kills.size() < Math.min(KILLS_A_ROUND, single.size())) {
                if (turns.isEmpty()) {
                    turns.addAll(shuffled(single, random));
                }
                kills.add(turns.remove());
            }
            rounds.add(new Round(storm(random, weighted), kills));
        }
        return new Schedule(rounds);
    }

    private static List<FaultKind> shuffled(List<FaultKind> kinds, Random random) {
        List<FaultKind> shuffled = new ArrayList<>(kinds);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static List<Fault> storm(Random random, List<FaultKind> weighted) {
        List<Fault> storm = new ArrayList<>();
        double at = 0;
        while (true) {
            at -= Math.log(1 - random.nextDouble()) * MEAN_GAP_MILLIS;
            if (at > STORM_SECONDS * 1_000) {
                break;
            }
            FaultKind kind = weighted.get(random.nextInt(weighted.size()));
            int spread = kind.longestMillis() - kind.shortestMillis();
            int lasts = kind.shortestMillis() + (spread == 0 ? 0 : random.nextInt(spread + 1));
            storm.add(new Fault((long) at, kind, lasts, random.nextLong()));
        }
        storm.sort(Comparator.comparingLong(Fault::atMillis));
        return storm;
    }

    long faults() {
        return rounds.stream()
                .mapToLong(round -> round.storm().size() + round.kills().size())
                .sum();
    }
}
