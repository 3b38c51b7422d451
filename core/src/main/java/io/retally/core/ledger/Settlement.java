package io.retally.core.ledger;

import io.retally.core.document.Enrollment;
import io.retally.core.ledger.Plan.LessonPlan;
import io.retally.core.serving.Row;
import io.retally.core.total.DifferenceBuffer;
import io.retally.core.total.Vectors;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings reps' ledgers up to date, and every table with them: whatever changed (facts, the contact, its enrolments, a
 * plan, a time zone), the tables get the difference between what the rep contributed before and what it contributes now.
 * May settle one rep after another, as long as neither world changes.
 *
 * <p>If the rep's facts count for the same account, team and days as before, only the lessons that changed are looked at;
 * the others contribute the same. Otherwise all of the program's lessons are.
 */
public final class Settlement {

    /** Of so many lessons the facts are read one by one; of more, all facts of the rep are looked through. */
    private static final int SINGLE_READS_MAX = 16;

    private final RepStore store;
    private final World worldBefore;
    private final World worldNow;
    private final Contributions contributions;

    /** By program, for those whose plan is another one now: once for all reps, as a plan may have very many lessons. */
    private final Map<String, Set<String>> differingLessons = new HashMap<>();

    /**
     * @param store the ledger, as it was last settled, of the rep that is settled
     * @param worldBefore the accounts and programs that it was last settled with
     * @param worldNow the accounts and programs to settle it with
     * @param rows takes the rep's own rows that change
     * @param totals takes the differences of totals over many reps
     */
    public Settlement(RepStore store, World worldBefore, World worldNow, Consumer<Row> rows, DifferenceBuffer totals) {
        this.store = store;
        this.worldBefore = worldBefore;
        this.worldNow = worldNow;
        this.contributions = new Contributions(rows, totals);
    }

    /** Settles the rep with what happened to it, which may be nothing if the world changed. */
    public void settle(RepChanges changes) {
        Rep before = store.rep();
        Rep now = before.after(changes);
        SortedMap<String, Standing> standings = new TreeMap<>(now.standings());
        Map<String, Map<LessonKey, LessonFacts>> factsByProgram = new HashMap<>();
        changes.forEachDifference((key, difference) -> factsByProgram
                .computeIfAbsent(key.programId(), program -> new HashMap<>())
                .put(key, difference));
        Map<String, Map<LessonKey, LessonFacts>> allLessons = new HashMap<>();
        for (String programId : affectedPrograms(before, now, changes, factsByProgram.keySet())) {
            Membership memberBefore = before.membership(programId, worldBefore);
            Membership memberNow = now.membership(programId, worldNow);
            Map<LessonKey, LessonFacts> differences = factsByProgram.getOrDefault(programId, Map.of());
            if (memberBefore == null && memberNow == null) {
                differences.forEach(
                        (key, difference) -> store.facts(key, store.facts(key).plus(difference)));
                continue;
            }
            ProgramSettlement program = new ProgramSettlement(
                    programId,
                    memberBefore,
                    memberNow,
                    before.standings().getOrDefault(programId, Standing.ZERO),
                    differences);
            Standing standing;
            if (memberBefore != null && memberNow != null && memberBefore.countsAlike(memberNow)) {
                standing = program.settleLessons(memberBefore, memberNow);
            } else {
                if (allLessons.isEmpty()) {
                    store.forEachLesson((key, facts) -> allLessons
                            .computeIfAbsent(key.programId(), id -> new HashMap<>())
                            .put(key, facts));
                }
                standing = program.settleAll(allLessons.getOrDefault(programId, Map.of()));
            }
            if (memberNow == null) {
                standings.remove(programId);
            } else {
                standings.put(programId, standing);
            }
        }
        Rep settled = now.withStandings(standings);
        if (!settled.equals(before)) {
            store.rep(settled);
        }
    }

    private Set<String> affectedPrograms(Rep before, Rep now, RepChanges changes, Set<String> programsOfFacts) {
        Set<String> affected = new HashSet<>(programsOfFacts);
        boolean worldChanged = worldBefore != worldNow;
        if (worldChanged || changes.contactChanged()) {
            now.enrollments().values().forEach(enrollment -> affected.add(enrollment.programId()));
            affected.addAll(before.standings().keySet());
        }
        changes.enrollments().forEach((id, enrollment) -> {
            if (enrollment != null) {
                affected.add(enrollment.programId());
            }
            Enrollment enrollmentBefore = before.enrollments().get(id);
            if (enrollmentBefore != null) {
                affected.add(enrollmentBefore.programId());
            }
        });
        return affected;
    }

    /** One program of the rep, of which it was or is a member. */
    private final class ProgramSettlement {
        private final String programId;
        private final @Nullable Membership memberBefore;
        private final @Nullable Membership memberNow;
        private final Standing standingBefore;
        private final Map<LessonKey, LessonFacts> differences;

        ProgramSettlement(
                String programId,
                @Nullable Membership memberBefore,
                @Nullable Membership memberNow,
                Standing standingBefore,
                Map<LessonKey, LessonFacts> differences) {
            this.programId = programId;
            this.memberBefore = memberBefore;
            this.memberNow = memberNow;
            this.standingBefore = standingBefore;
            this.differences = differences;
        }

        /** Settles the lessons that changed, in facts or in plan; those of other accounts count neither before nor now. */
        Standing settleLessons(Membership before, Membership now) {
            Set<LessonKey> changed = new HashSet<>(differences.keySet());
            addDifferingLessons(before, now, changed);
            Standing standing = standingBefore;
            boolean mayNarrow = false;
            DayCounts days = new DayCounts();
            for (LessonKey key : changed) {
                LessonFacts factsBefore = store.facts(key);
                LessonFacts difference = differences.get(key);
                LessonFacts factsNow = difference == null ? factsBefore : factsBefore.plus(difference);
                if (difference != null) {
                    store.facts(key, factsNow);
                }
                LessonPlan lessonBefore = before.lesson(key);
                LessonPlan lessonNow = now.lesson(key);
                LessonShare shareBefore = share(factsBefore, before, key);
                LessonShare shareNow = share(factsNow, now, key);
                contributions.lesson(key.lessonId(), before, shareBefore, now, shareNow);
                if (!Objects.equals(lessonBefore, lessonNow)) {
                    days.add(-1, factsBefore, lessonBefore, before.timeZone());
                    days.add(1, factsNow, lessonNow, now.timeZone());
                } else if (difference != null) {
                    days.add(1, difference, lessonNow, now.timeZone());
                }
                mayNarrow |= standing.mayNarrow(shareBefore, shareNow);
                standing = standing.after(shareBefore, shareNow);
            }
            days.byDay().forEach((day, difference) -> {
                if (!Vectors.isZero(difference)) {
                    long[] countsBefore = store.dayCounts(programId, day);
                    long[] countsNow = countsBefore.clone();
                    Vectors.add(countsNow, 1, difference);
                    store.dayCounts(programId, day, countsNow);
                    contributions.day(day, before, countsBefore, now, countsNow);
                }
            });
            if (mayNarrow) {
                standing = standingFromAllLessons(now);
            }
            contributions.member(before, standingBefore, now, standing);
            return standing;
        }

        /** Adds the lessons that the plans differ in; may leave out those without facts, which contribute nothing. */
        private void addDifferingLessons(Membership before, Membership now, Set<LessonKey> changed) {
            if (worldBefore == worldNow) {
                return;
            }
            Set<String> differing = differingLessons.computeIfAbsent(
                    programId, program -> Plan.differingLessons(before.plan(), now.plan()));
            if (differing.size() <= SINGLE_READS_MAX) {
                differing.forEach(lessonId -> changed.add(new LessonKey(now.accountId(), programId, lessonId)));
            } else {
                store.forEachLesson((key, facts) -> {
                    if (key.programId().equals(programId) && differing.contains(key.lessonId())) {
                        changed.add(key);
                    }
                });
            }
        }

        private Standing standingFromAllLessons(Membership member) {
            Standing[] standing = {Standing.ZERO};
            store.forEachLesson((key, facts) -> {
                if (key.programId().equals(programId)) {
                    standing[0] = standing[0].after(LessonShare.NONE, share(facts, member, key));
                }
            });
            return standing[0];
        }

        /** Settles all lessons of the program. */
        Standing settleAll(Map<LessonKey, LessonFacts> lessons) {
            DayCounts daysBefore = new DayCounts();
            DayCounts daysNow = new DayCounts();
            Standing standing = Standing.ZERO;
            for (LessonKey key : retractedFirst(lessons.keySet())) {
                LessonFacts factsBefore = lessons.getOrDefault(key, LessonFacts.EMPTY);
                LessonFacts difference = differences.get(key);
                LessonFacts factsNow = difference == null ? factsBefore : factsBefore.plus(difference);
                if (difference != null) {
                    store.facts(key, factsNow);
                }
                LessonShare shareBefore = share(factsBefore, memberBefore, key);
                LessonShare shareNow = share(factsNow, memberNow, key);
                contributions.lesson(key.lessonId(), memberBefore, shareBefore, memberNow, shareNow);
                addDays(daysBefore, factsBefore, memberBefore, key);
                addDays(daysNow, factsNow, memberNow, key);
                standing = standing.after(LessonShare.NONE, shareNow);
            }
            Set<Integer> days = new HashSet<>(daysBefore.byDay().keySet());
            days.addAll(daysNow.byDay().keySet());
            for (int day : days) {
                long[] countsBefore = daysBefore.byDay().getOrDefault(day, new long[DayCounts.LENGTH]);
                long[] countsNow = daysNow.byDay().getOrDefault(day, new long[DayCounts.LENGTH]);
                store.dayCounts(programId, day, countsNow);
                contributions.day(day, memberBefore, countsBefore, memberNow, countsNow);
            }
            contributions.member(memberBefore, standingBefore, memberNow, standing);
            return standing;
        }

        /**
         * All lessons with facts, before or now, those of the account that counts now last: if the membership moves from
         * one account to another, a lesson's row is deleted for the one before it is written for the other.
         */
        private List<LessonKey> retractedFirst(Set<LessonKey> lessons) {
            Set<LessonKey> all = new HashSet<>(lessons);
            all.addAll(differences.keySet());
            return all.stream()
                    .sorted(Comparator.comparing(
                            key -> memberNow != null && key.accountId().equals(memberNow.accountId())))
                    .toList();
        }

        private static void addDays(DayCounts days, LessonFacts facts, @Nullable Membership member, LessonKey key) {
            if (member != null) {
                days.add(1, facts, member.lesson(key), member.timeZone());
            }
        }

        private static LessonShare share(LessonFacts facts, @Nullable Membership member, LessonKey key) {
            return member == null
                    ? LessonShare.NONE
                    : LessonShare.of(facts, member.lesson(key), member.plan().passPercent());
        }
    }
}
