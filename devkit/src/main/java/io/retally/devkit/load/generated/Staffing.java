package io.retally.devkit.load.generated;

import io.retally.core.document.Collection;
import io.retally.devkit.load.ChangeOfDocument;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** What happens to reps and programs besides training: removals of both kinds, restorations, moves, edits. */
final class Staffing {

    private static final double REMOVED = 0.04;
    private static final double RESTORED = 0.5;
    private static final double MOVED = 0.08;
    private static final double EDITED = 0.4;

    private final CompanyPlan plan;
    private final Set<Rep> late;
    private final Dice dice;
    private final Map<CoachedAccount, List<CoachedTeam>> teams = new HashMap<>();
    private final ObjIntConsumer<Runnable> onDay;
    private final Consumer<Pending> arrive;

    /**
     * @param onDay called with what to do when a day begins
     * @param arrive called, when a day begins, with what arrives on it
     */
    Staffing(CompanyPlan plan, Set<Rep> late, Dice dice, ObjIntConsumer<Runnable> onDay, Consumer<Pending> arrive) {
        this.plan = plan;
        this.late = late;
        this.dice = dice;
        this.onDay = onDay;
        this.arrive = arrive;
        plan.accounts.forEach(account -> teams.put(account, plan.teamsOf(account)));
    }

    void plan() {
        for (Rep rep : plan.reps) {
            if (late.contains(rep)) {
                continue; // its document arrives once, late
            }
            if (dice.chance(REMOVED)) {
                remove(rep);
            }
            if (dice.chance(MOVED)) {
                int day = someDay();
                CoachedTeam team = dice.oneOf(teams.getOrDefault(rep.account, plan.teams));
                onDay.accept(() -> move(rep, team, day), day);
            }
        }
        for (CoachedProgram program : plan.programs) {
            if (dice.chance(EDITED)) {
                int day = someDay();
                ChangeOfDocument edit = ChangeOfDocument.replace(Collection.PROGRAMS, program.editedDocument(dice));
                onDay.accept(() -> arrive(edit, day), day);
            }
        }
    }

    private void remove(Rep rep) {
        int day = someDay();
        boolean deleted = dice.chance(0.5);
        onDay.accept(
                () -> {
                    rep.removed = true;
                    arrive(
                            deleted
                                    ? ChangeOfDocument.delete(Collection.CONTACTS, rep.id)
                                    : contact(rep, Instant.ofEpochMilli(arrival(day))),
                            day);
                },
                day);
        int restored = day + dice.between(2, 20);
        if (dice.chance(RESTORED) && restored < Calendar.DAYS) {
            onDay.accept(
                    () -> {
                        rep.removed = false;
                        arrive(contact(rep, null), restored);
                    },
                    restored);
        }
    }

    /** A rep that is removed at the time moves when it is restored. */
    private void move(Rep rep, CoachedTeam team, int day) {
        rep.team = team;
        if (!rep.removed) {
            arrive(contact(rep, null), day);
        }
    }

    private static ChangeOfDocument contact(Rep rep, @Nullable Instant removedAt) {
        return ChangeOfDocument.replace(Collection.CONTACTS, rep.document(removedAt));
    }

    private void arrive(ChangeOfDocument change, int day) {
        arrive.accept(new Pending.Other(arrival(day), change));
    }

    /** Offices open somewhere at any hour; the middle of the day by UTC stands for all. */
    private long arrival(int day) {
        return plan.calendar.utcMillis(day) + 43_200_000L;
    }

    private int someDay() {
        return dice.between(5, Calendar.DAYS - 2);
    }
}
