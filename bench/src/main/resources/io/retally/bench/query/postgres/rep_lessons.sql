select r.ordinal, r.title, r.required, r.messages_sent, r.messages_clicked, r.opened_at, r.completed_at,
       r.segments_watched, r.segments_total, r.questions_answered, r.questions_correct, r.questions_total, r.answers,
       r.passed
from raw.rep_lesson r
where r.program_id = :program and r.contact_id = :contact
  and exists (select from raw.member m
              where m.program_id = :program and m.contact_id = :contact and m.account_id = :account)
order by r.ordinal, r.lesson_id
