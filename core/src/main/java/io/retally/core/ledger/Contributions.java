package io.retally.core.ledger;

import io.retally.core.serving.Row;
import io.retally.core.serving.ServingTable;
import io.retally.core.total.DifferenceBuffer;
import io.retally.core.total.TotalKey;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a rep's ledger contributes to every table, as differences of what it contributed before and what it contributes
 * now. Before or now may be nothing: then the rep is not (no more) a member.
 */
final class Contributions {

    private static final long[] NO_FUNNEL = new long[9];

    private final Consumer<Row> rows;
    private final DifferenceBuffer totals;

    Contributions(Consumer<Row> rows, DifferenceBuffer totals) {
        this.rows = rows;
        this.totals = totals;
    }

    /** The tables that have a row a lesson: {@code rep_lesson}, {@code lesson_funnel}, segments and questions. */
    void lesson(
            String lessonId,
            @Nullable Membership before,
            LessonShare shareBefore,
            @Nullable Membership now,
            LessonShare shareNow) {
        row(lessonRow(lessonId, before, shareBefore), lessonRow(lessonId, now, shareNow));
        if (before != null && now != null && before.accountId().equals(now.accountId())) {
            addLesson(
                    lessonId,
                    now,
                    funnel(lessonId, before, shareBefore),
                    shareBefore,
                    funnel(lessonId, now, shareNow),
                    shareNow);
            return;
        }
        if (before != null) {
            long[] funnel = funnel(lessonId, before, shareBefore);
            addLesson(lessonId, before, funnel, shareBefore, NO_FUNNEL, LessonShare.NONE);
        }
        if (now != null) {
            addLesson(lessonId, now, NO_FUNNEL, LessonShare.NONE, funnel(lessonId, now, shareNow), shareNow);
        }
    }

    private static @Nullable Row lessonRow(String lessonId, @Nullable Membership member, LessonShare share) {
        Plan.LessonPlan lesson = member == null ? null : member.plan().lesson(lessonId);
        if (member == null || lesson == null || !share.counted()) {
            return null;
        }
        return Row.of(
                ServingTable.REP_LESSON,
                member.contactId(),
                member.programId(),
                lessonId,
                member.accountId(),
                member.teamId(),
                share.messagesSent(),
                share.messagesClicked(),
                share.openedAt(),
                share.completedAt(),
                lesson.segmentsTotal(),
                (long) share.watched().length,
                share.watched(),
                lesson.questionsTotal(),
                (long) share.questions().size(),
                share.questionsCorrect(),
                share.answers(),
                share.passed());
    }

    /** A rep's share in the row of {@code lesson_funnel}. */
    private static long[] funnel(String lessonId, Membership member, LessonShare share) {
        Plan.LessonPlan lesson = member.plan().lesson(lessonId);
        if (lesson == null || !share.counted()) {
            return NO_FUNNEL;
        }
        int watched = share.watched().length;
        int answered = share.questions().size();
        return new long[] {
            1,
            one(share.messagesSent() > 0),
            one(share.messagesClicked() > 0),
            one(share.openedAt() != null),
            one(watched > 0),
            one(watched == lesson.segmentsTotal() && watched > 0),
            one(answered == lesson.questionsTotal() && answered > 0),
            one(share.completedAt() != null),
            one(share.passed())
        };
    }

    /** Adds what the shares differ in, to totals of one account's program; most segments and questions are equal. */
    private void addLesson(
            String lessonId,
            Membership member,
            long[] funnelBefore,
            LessonShare before,
            long[] funnelNow,
            LessonShare now) {
        String program = member.programId();
        String account = member.accountId();
        if (!Arrays.equals(funnelBefore, funnelNow)) {
            String key = TotalKey.of(ServingTable.LESSON_FUNNEL, program, lessonId);
            totals.add(key, account, -1, funnelBefore);
            totals.add(key, account, 1, funnelNow);
        }
        int b = 0;
        int n = 0;
        while (b < before.watched().length || n < now.watched().length) {
            int segmentBefore = b < before.watched().length ? before.watched()[b] : Integer.MAX_VALUE;
            int segmentNow = n < now.watched().length ? now.watched()[n] : Integer.MAX_VALUE;
            int segment = Math.min(segmentBefore, segmentNow);
            long viewsBefore = segment == segmentBefore ? before.views()[b++] : 0;
            long viewsNow = segment == segmentNow ? now.views()[n++] : 0;
            if (viewsBefore != viewsNow) {
                long viewers = one(viewsNow > 0) - one(viewsBefore > 0);
                String key = TotalKey.of(ServingTable.LESSON_SEGMENT, program, lessonId, segment);
                totals.add(key, account, 1, new long[] {viewers, viewers, viewsNow - viewsBefore});
            }
        }
        if (!before.questions().equals(now.questions())) {
            before.questions().forEach(question -> addQuestion(-1, lessonId, member, question));
            now.questions().forEach(question -> addQuestion(1, lessonId, member, question));
        }
    }

    private void addQuestion(int sign, String lessonId, Membership member, LessonShare.QuestionShare question) {
        String key = TotalKey.of(ServingTable.QUESTION_STATS, member.programId(), lessonId, question.questionId());
        totals.add(key, member.accountId(), sign, new long[] {
            1, 1, question.answers(), one(question.firstCorrect()), one(question.latestCorrect())
        });
    }

    /** The tables that have a row a member: {@code rep_program}, and the sums over it. */
    void member(@Nullable Membership before, Standing standingBefore, @Nullable Membership now, Standing standingNow) {
        Row rowBefore = before == null ? null : memberRow(before, standingBefore);
        Row rowNow = now == null ? null : memberRow(now, standingNow);
        if (Objects.equals(rowBefore, rowNow)) {
            return;
        }
        row(rowBefore, rowNow);
        if (before != null) {
            addMember(-1, before, standingBefore);
        }
        if (now != null) {
            addMember(1, now, standingNow);
        }
    }

    private static Row memberRow(Membership member, Standing standing) {
        return Row.of(
                ServingTable.REP_PROGRAM,
                member.contactId(),
                member.programId(),
                member.accountId(),
                member.teamId(),
                member.enrolledAt(),
                member.dueAt(),
                member.plan().lessonsRequired(),
                standing.lessonsOpened(),
                standing.lessonsCompleted(),
                standing.lessonsPassed(),
                standing.segmentsWatched(),
                standing.questionsAnswered(),
                standing.questionsCorrect(),
                standing.answers(),
                standing.messagesSent(),
                standing.messagesClicked(),
                standing.firstActivityAt(),
                standing.lastActivityAt(),
                completedAt(member, standing));
    }

    private static @Nullable Long completedAt(Membership member, Standing standing) {
        long required = member.plan().lessonsRequired();
        return required > 0 && standing.lessonsPassed() == required ? standing.requiredCompletedAt() : null;
    }

    private void addMember(int sign, Membership member, Standing standing) {
        long completed = one(completedAt(member, standing) != null);
        String program = member.programId();
        String account = member.accountId();
        long[] progress = {
            1,
            1,
            one(standing.firstActivityAt() != null),
            completed,
            standing.lessonsOpened(),
            standing.lessonsCompleted(),
            standing.lessonsPassed(),
            standing.segmentsWatched(),
            standing.questionsAnswered(),
            standing.questionsCorrect(),
            standing.answers(),
            standing.messagesSent(),
            standing.messagesClicked()
        };
        totals.add(TotalKey.of(ServingTable.PROGRAM_SUMMARY, program), account, sign, progress);
        if (member.teamId() != null) {
            totals.add(TotalKey.of(ServingTable.TEAM_PROGRAM, member.teamId(), program), account, sign, progress);
        }
        if (member.dueAt() != null) {
            int dueOn = Math.toIntExact(Math.floorDiv(member.dueAt(), 86_400_000L));
            String key = TotalKey.of(ServingTable.PROGRAM_DUE, program, dueOn);
            totals.add(key, account, sign, new long[] {1, 1, completed});
        }
    }

    /** The tables that have a row a day. */
    void day(int day, @Nullable Membership before, long[] countsBefore, @Nullable Membership now, long[] countsNow) {
        if (before != null) {
            addDay(-1, day, before, DayCounts.share(countsBefore));
        }
        if (now != null) {
            addDay(1, day, now, DayCounts.share(countsNow));
        }
    }

    private void addDay(int sign, int day, Membership member, long[] share) {
        String account = member.accountId();
        totals.add(TotalKey.of(ServingTable.PROGRAM_DAY, member.programId(), day), account, sign, share);
        if (member.teamId() != null) {
            String key = TotalKey.of(ServingTable.TEAM_DAY, member.teamId(), member.programId(), day);
            totals.add(key, account, sign, share);
        }
    }

    private void row(@Nullable Row before, @Nullable Row now) {
        if (now != null && !now.equals(before)) {
            rows.accept(now);
        } else if (now == null && before != null) {
            rows.accept(before.deletion());
        }
    }

    private static long one(boolean condition) {
        return condition ? 1 : 0;
    }
}
