package io.retally.devkit.watch;

import io.retally.devkit.watch.Relation.Match;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must hold between the published tables in every snapshot, by the contract's own views: they build reports of many
 * reps from those of one. `verify` says whether the tables are true; this says that they are of one epoch.
 */
final class Relations {
    private static final List<String> SUMS = List.of(
            "lessons_opened",
            "lessons_completed",
            "lessons_passed",
            "segments_watched",
            "questions_answered",
            "questions_correct",
            "answers",
            "messages_sent",
            "messages_clicked");

    private static final String SUMS_OF_REPS = """
            min(account_id) as account_id, count(*) as reps_enrolled, count(first_activity_at) as reps_started,
            count(completed_at) as reps_completed, %s""".formatted(sums());
    private static final List<String> FIGURES_OF_REPS =
            concat(List.of("account_id", "reps_enrolled", "reps_started", "reps_completed"), SUMS);

    static final List<Relation> ALL = List.of(
            new Relation(
                    "program_summary",
                    "the sums over rep_program",
                    List.of("program_id"),
                    FIGURES_OF_REPS,
                    Match.BOTH,
                    "select * from serving.program_summary where {scope}",
                    "select program_id, " + SUMS_OF_REPS + " from serving.rep_program where {scope} group by 1"),
            new Relation(
                    "team_program",
                    "the sums over rep_program",
                    List.of("team_id", "program_id"),
                    FIGURES_OF_REPS,
                    Match.BOTH,
                    "select * from serving.team_program where {scope}",
                    "select team_id, program_id, " + SUMS_OF_REPS
                            + " from serving.rep_program where team_id is not null and {scope} group by 1, 2"),
            new Relation(
                    "program_due",
                    "the counts over rep_program",
                    List.of("program_id", "due_on"),
                    List.of("account_id", "reps_enrolled", "reps_completed"),
                    Match.BOTH,
                    "select * from serving.program_due where {scope}",
                    """
                    select program_id, (due_at at time zone 'UTC')::date as due_on, min(account_id) as account_id,
                           count(*) as reps_enrolled, count(completed_at) as reps_completed
                    from serving.rep_program where due_at is not null and {scope} group by 1, 2"""),
            new Relation(
                    "lesson_funnel",
                    "the counts over rep_lesson",
                    List.of("program_id", "lesson_id"),
                    List.of(
                            "account_id",
                            "reps_messaged",
                            "reps_clicked",
                            "reps_opened",
                            "reps_watched_any",
                            "reps_watched_all",
                            "reps_answered_all",
                            "reps_completed",
                            "reps_passed"),
                    Match.BOTH,
                    "select * from serving.lesson_funnel where {scope}",
                    """
                    select program_id, lesson_id, min(account_id) as account_id,
                           count(*) filter (where messages_sent > 0) as reps_messaged,
                           count(*) filter (where messages_clicked > 0) as reps_clicked,
                           count(opened_at) as reps_opened,
                           count(*) filter (where segments_watched > 0) as reps_watched_any,
                           count(*) filter (where segments_total > 0 and segments_watched = segments_total)
                             as reps_watched_all,
                           count(*) filter (where questions_total > 0 and questions_answered = questions_total)
                             as reps_answered_all,
                           count(completed_at) as reps_completed, count(*) filter (where passed) as reps_passed
                    from serving.rep_lesson where {scope} group by 1, 2"""),
            new Relation(
                    "rep_program",
                    "the sums over the rep's lessons in rep_lesson",
                    List.of("contact_id", "program_id"),
                    SUMS,
                    Match.STATED,
                    "select * from serving.rep_program where {scope}",
                    """
                    select p.contact_id, p.program_id, count(l.opened_at) as lessons_opened,
                           count(l.completed_at) as lessons_completed,
                           count(*) filter (where l.passed and c.required) as lessons_passed, %s
                    from (select contact_id, program_id from serving.rep_program where {scope}) p
                    left join (select * from serving.rep_lesson where {scope}) l using (contact_id, program_id)
                    left join (select program_id, lesson_id, required from serving.lesson where {scope}) c
                      using (program_id, lesson_id)
                    group by 1, 2""".formatted("coalesce(sum(l.segments_watched), 0) as segments_watched, "
                            + "coalesce(sum(l.questions_answered), 0) as questions_answered, "
                            + "coalesce(sum(l.questions_correct), 0) as questions_correct, "
                            + "coalesce(sum(l.answers), 0) as answers, "
                            + "coalesce(sum(l.messages_sent), 0) as messages_sent, "
                            + "coalesce(sum(l.messages_clicked), 0) as messages_clicked")),
            new Relation(
                    "rep_program",
                    "program and its lessons",
                    List.of("program_id"),
                    List.of("account_id", "lessons_required"),
                    Match.STATED,
                    """
                    select distinct program_id, account_id, lessons_required
                    from serving.rep_program where {scope}""",
                    """
                    select p.program_id, p.account_id, count(*) filter (where l.required) as lessons_required
                    from (select * from serving.program where {scope}) p
                    left join (select * from serving.lesson where {scope}) l using (program_id) group by 1, 2"""),
            new Relation(
                    "rep_program",
                    "contact",
                    List.of("contact_id"),
                    List.of("account_id", "team_id"),
                    Match.STATED,
                    "select contact_id, program_id, account_id, team_id from serving.rep_program where {scope}",
                    "select contact_id, account_id, team_id from serving.contact"),
            new Relation(
                    "rep_lesson",
                    "contact",
                    List.of("contact_id"),
                    List.of("account_id", "team_id"),
                    Match.STATED,
                    "select contact_id, program_id, account_id, team_id from serving.rep_lesson where {scope}",
                    "select contact_id, account_id, team_id from serving.contact"),
            new Relation(
                    "rep_lesson",
                    "rep_program",
                    List.of("contact_id", "program_id"),
                    List.of("account_id", "team_id"),
                    Match.STATED,
                    "select contact_id, program_id, account_id, team_id from serving.rep_lesson where {scope}",
                    "select contact_id, program_id, account_id, team_id from serving.rep_program where {scope}"),
            new Relation(
                    "rep_lesson",
                    "lesson",
                    List.of("program_id", "lesson_id"),
                    List.of("account_id", "segments_total", "questions_total"),
                    Match.STATED,
                    """
                    select distinct program_id, lesson_id, account_id, segments_total, questions_total
                    from serving.rep_lesson where {scope}""",
                    """
                    select program_id, lesson_id, account_id, segments_total, questions_total
                    from serving.lesson where {scope}"""),
            new Relation(
                    "lesson",
                    "program",
                    List.of("program_id"),
                    List.of("account_id"),
                    Match.STATED,
                    "select program_id, account_id from serving.lesson where {scope}",
                    "select program_id, account_id from serving.program where {scope}"),
            new Relation(
                    "question_stats (a lesson's questions added up)",
                    "the sums over rep_lesson",
                    List.of("program_id", "lesson_id"),
                    List.of("respondents", "answers", "correct_latest"),
                    Match.BOTH,
                    """
                    select program_id, lesson_id, sum(respondents) as respondents, sum(answers) as answers,
                           sum(correct_latest) as correct_latest
                    from serving.question_stats where {scope} group by 1, 2""",
                    """
                    select program_id, lesson_id, sum(questions_answered) as respondents, sum(answers) as answers,
                           sum(questions_correct) as correct_latest
                    from serving.rep_lesson where answers > 0 and {scope} group by 1, 2"""),
            new Relation(
                    "lesson_segment",
                    "the steps watched in rep_lesson",
                    List.of("program_id", "lesson_id", "segment"),
                    List.of("viewers"),
                    Match.BOTH,
                    "select program_id, lesson_id, segment, viewers from serving.lesson_segment where {scope}",
                    """
                    select program_id, lesson_id, segment, count(*) as viewers
                    from serving.rep_lesson, unnest(watched) segment where {scope} group by 1, 2, 3"""),
            new Relation(
                    "program_summary",
                    "the sums over program_day",
                    List.of("program_id"),
                    List.of("answers", "messages_sent", "messages_clicked"),
                    Match.BOTH,
                    """
                    select program_id, answers, messages_sent, messages_clicked from serving.program_summary
                    where {scope}""",
                    """
                    select program_id, sum(answers) as answers, sum(messages_sent) as messages_sent,
                           sum(messages_clicked) as messages_clicked
                    from (select program_id, answers, messages_sent, messages_clicked from serving.program_day
                          where {scope}
                          union all select program_id, 0, 0, 0 from serving.program_summary where {scope}) d
                    group by 1"""),
            new Relation(
                    "team_program",
                    "the sums over team_day",
                    List.of("team_id", "program_id"),
                    List.of("answers", "messages_sent", "messages_clicked"),
                    Match.BOTH,
                    """
                    select team_id, program_id, answers, messages_sent, messages_clicked from serving.team_program
                    where {scope}""",
                    """
                    select team_id, program_id, sum(answers) as answers, sum(messages_sent) as messages_sent,
                           sum(messages_clicked) as messages_clicked
                    from (select team_id, program_id, answers, messages_sent, messages_clicked from serving.team_day
                          where {scope}
                          union all select team_id, program_id, 0, 0, 0 from serving.team_program where {scope}) d
                    group by 1, 2"""),
            new Relation(
                    "program_day (all days)",
                    "the steps watched in lesson_segment",
                    List.of("program_id"),
                    List.of("views"),
                    Match.BOTH,
                    """
                    select program_id, sum(segments_watched) as views from serving.program_day
                    where segments_watched > 0 and {scope} group by 1""",
                    "select program_id, sum(views) as views from serving.lesson_segment where {scope} group by 1"));

    private Relations() {}

    private static String sums() {
        return String.join(
                ", ", SUMS.stream().map(name -> "sum(" + name + ") as " + name).toList());
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
