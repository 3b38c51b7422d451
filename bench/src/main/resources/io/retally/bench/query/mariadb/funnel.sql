with
-- include lesson_ctes
select r.ordinal, r.title, sum(r.messages_sent > 0) as reps_messaged, sum(r.messages_clicked > 0) as reps_clicked,
       count(r.opened_at) as reps_opened, sum(r.segments_watched > 0) as reps_watched_any,
       sum(r.segments_watched = r.segments_total and r.segments_total > 0) as reps_watched_all,
       sum(r.questions_answered = r.questions_total and r.questions_total > 0) as reps_answered_all,
       count(r.completed_at) as reps_completed, sum(r.passed) as reps_passed
from lessons r
join member m on m.contact_id = r.contact_id and m.program_id = :program and m.account_id = :account
group by r.ordinal, r.lesson_id, r.title
order by r.ordinal, r.lesson_id
