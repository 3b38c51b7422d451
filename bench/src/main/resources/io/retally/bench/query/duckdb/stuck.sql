select m.contact_id, m.contact_name, r.ordinal, r.title, r.opened_at, r.segments_watched, r.segments_total,
       r.questions_correct, r.questions_total, m.due_at.due as due_at, a.last_activity_at
from member m
join rep_lesson r on r.program_id = m.program_id and r.contact_id = m.contact_id
join (select contact_id, max(happened_at) as last_activity_at
      from counted
      where program_id = :program and verb <> 'message_sent'
      group by contact_id) a on a.contact_id = m.contact_id
where m.account_id = :account and m.program_id = :program and m.team_id = :team and r.program_id = :program
  and r.opened_at is not null and not r.passed
order by m.contact_name, m.contact_id, r.ordinal, r.lesson_id
