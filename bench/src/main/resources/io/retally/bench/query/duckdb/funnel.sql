select r.ordinal, r.title,
       count(*) filter (where r.messages_sent > 0)    as reps_messaged,
       count(*) filter (where r.messages_clicked > 0) as reps_clicked,
       count(r.opened_at)                             as reps_opened,
       count(*) filter (where r.segments_watched > 0) as reps_watched_any,
       count(*) filter (where r.segments_watched = r.segments_total and r.segments_total > 0) as reps_watched_all,
       count(*) filter (where r.questions_answered = r.questions_total and r.questions_total > 0)
         as reps_answered_all,
       count(r.completed_at)                          as reps_completed,
       count(*) filter (where r.passed)               as reps_passed
from rep_lesson r
join member m on m.program_id = r.program_id and m.contact_id = r.contact_id
where r.program_id = :program and m.account_id = :account
group by r.lesson_id, r.ordinal, r.title
order by r.ordinal, r.lesson_id
