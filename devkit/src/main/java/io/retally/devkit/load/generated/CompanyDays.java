package io.retally.devkit.load.generated;

import io.retally.core.document.Collection;
import io.retally.core.document.Verb;
import io.retally.devkit.load.ChangeOfDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** The changes of a company, made day by day. */
final class CompanyDays implements Iterator<ChangeOfDocument> {

    private static final double LATE = 0.01;
    private static final double CORRECTED = 0.01;
    private static final double DELETED = 0.003;
    private static final double CONTACT_LATE = 0.01;
    private static final int CONTACT_LATE_DAYS = 3;
    private static final double REVIEWED = 0.05;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Size size;
    private final CompanyPlan plan;
    private final Dice dice;
    private final Map<Integer, List<Runnable>> doings = new HashMap<>();
    private final Map<Integer, List<Pending>> arrivals = new HashMap<>();
    private final List<Pending> today = new ArrayList<>();
    private Iterator<ChangeOfDocument> ready;
    private int day = -1;
    private long made;

    CompanyDays(long seed, Size size, CompanyPlan plan) {
        this.size = size;
        this.plan = plan;
        this.dice = new Dice(seed, "days");
        Set<Rep> late = new LinkedHashSet<>();
        plan.journeys.forEach(journey -> {
            on(journey.enrolledDay, () -> arrive(enrollment(journey, ChangeOfDocument.Op.INSERT)));
            Integer withdrawn = journey.withdrawnDay;
            if (withdrawn != null) {
                on(withdrawn, () -> arrive(enrollment(journey, ChangeOfDocument.Op.REPLACE)));
            }
            if (dice.chance(CONTACT_LATE) && late.add(journey.rep)) {
                on(
                        Math.min(Calendar.DAYS - 1, journey.enrolledDay + CONTACT_LATE_DAYS),
                        () -> arrive(ChangeOfDocument.insert(Collection.CONTACTS, journey.rep.document(null))));
            }
        });
        this.ready = start(late).iterator();
        new Staffing(plan, late, new Dice(seed, "staffing"), this::on, today::add).plan();
    }

    private List<ChangeOfDocument> start(Set<Rep> late) {
        List<ChangeOfDocument> changes = new ArrayList<>();
        plan.accounts.forEach(account -> changes.add(ChangeOfDocument.insert(Collection.ACCOUNTS, account.document())));
        plan.regions.forEach(region -> changes.add(ChangeOfDocument.insert(Collection.TEAMS, region.document())));
        plan.teams.forEach(team -> changes.add(ChangeOfDocument.insert(Collection.TEAMS, team.document())));
        plan.programs.forEach(program -> changes.add(ChangeOfDocument.insert(Collection.PROGRAMS, program.document())));
        plan.reps.stream()
                .filter(rep -> !late.contains(rep))
                .forEach(rep -> changes.add(ChangeOfDocument.insert(Collection.CONTACTS, rep.document(null))));
        return changes;
    }

    @Override
    public boolean hasNext() {
        while (!ready.hasNext() && day < Calendar.DAYS) {
            day++;
            makeDay();
        }
        return ready.hasNext();
    }

    @Override
    public ChangeOfDocument next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.next();
    }

    /** The day after the last one brings what is still to come. */
    private void makeDay() {
        today.clear();
        if (day == Calendar.DAYS) {
            arrivals.keySet().stream().sorted().forEach(d -> today.addAll(arrivals.getOrDefault(d, List.of())));
        } else {
            today.addAll(remove(arrivals, day));
            remove(doings, day).forEach(Runnable::run);
            train(plan.calendar.shareUntilEndOf(day, size.interactions()));
        }
        today.sort(Comparator.comparingLong(Pending::arrivesAt));
        ready = today.stream().map(Pending::change).iterator();
    }

    /** Lets reps train until as many interactions are made as there are by the end of the day. */
    private void train(long until) {
        List<Journey> active =
                plan.journeys.stream().filter(journey -> journey.active(day)).toList();
        if (active.isEmpty()) {
            if (day < Calendar.DAYS - 1) {
                return;
            }
            active = plan.journeys;
        }
        Map<CoachedAccount, Long> midnights = new HashMap<>();
        plan.accounts.forEach(account -> midnights.put(account, account.midnightMillis(plan.calendar.date(day))));
        int next = dice.below(active.size());
        while (made < until) {
            Journey journey = active.get(next);
            next = (next + 1) % active.size();
            if (dice.chance(journey.finished() ? REVIEWED : journey.rep.diligence)) {
                long midnight = midnights.getOrDefault(journey.rep.account, 0L);
                long now = plan.calendar.now().toEpochMilli();
                for (Step step : Session.next(journey, midnight, now, plan.ids, dice)) {
                    if (made < until) {
                        made++;
                        take(step);
                    }
                }
            }
        }
    }

    /** Most interactions arrive at once and stay as they are. */
    private void take(Step step) {
        long late = dice.chance(LATE) ? DAY_MILLIS * dice.between(1, 10) : 0;
        schedule(late == 0 ? step : step.later(late));
        long changedAt = step.at() + late + DAY_MILLIS * dice.between(1, 4);
        if (step.verb() == Verb.QUESTION_ANSWERED && dice.chance(CORRECTED)) {
            schedule(step.correction(changedAt));
        } else if (dice.chance(DELETED)) {
            schedule(step.deletion(changedAt));
        }
    }

    private void schedule(Step step) {
        int arrives = day + (int) ((step.arrivesAt() - step.at()) / DAY_MILLIS);
        if (arrives == day) {
            today.add(step);
        } else {
            arrivals.computeIfAbsent(Math.min(arrives, Calendar.DAYS), d -> new ArrayList<>())
                    .add(step);
        }
    }

    private ChangeOfDocument enrollment(Journey journey, ChangeOfDocument.Op op) {
        return new ChangeOfDocument(
                Collection.ENROLLMENTS, op, journey.enrollmentId, journey.document(plan.calendar, day));
    }

    private void on(int doingDay, Runnable doing) {
        doings.computeIfAbsent(doingDay, d -> new ArrayList<>()).add(doing);
    }

    private void on(Runnable doing, int doingDay) {
        on(doingDay, doing);
    }

    private void arrive(ChangeOfDocument change) {
        today.add(new Pending.Other(plan.calendar.utcMillis(day), change));
    }

    private static <T> List<T> remove(Map<Integer, List<T>> byDay, int day) {
        List<T> ofDay = byDay.remove(day);
        return ofDay == null ? List.of() : ofDay;
    }
}
