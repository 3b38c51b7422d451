-- What a rep did in each lesson.
select l.ordinal, l.title, l.required, r.messages_sent, r.messages_clicked, r.opened_at, r.completed_at,
       r.segments_watched, r.segments_total, r.questions_answered, r.questions_correct, r.questions_total, r.answers,
       r.passed
from serving.rep_lesson r
join serving.lesson l on l.program_id = r.program_id and l.lesson_id = r.lesson_id
where r.account_id = :account and r.program_id = :program and r.contact_id = :contact
order by l.ordinal, l.lesson_id
