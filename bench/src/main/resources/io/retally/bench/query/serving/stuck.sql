-- Where a team's reps are stuck: lessons that were opened and not passed.
select c.contact_id, c.name as contact_name, l.ordinal, l.title, r.opened_at, r.segments_watched, l.segments_total,
       r.questions_correct, l.questions_total, p.due_at, p.last_activity_at
from serving.rep_program p
join serving.contact c on c.contact_id = p.contact_id
join serving.rep_lesson r on r.contact_id = p.contact_id and r.program_id = p.program_id
join serving.lesson l on l.program_id = r.program_id and l.lesson_id = r.lesson_id
where p.account_id = :account and p.program_id = :program and p.team_id = :team
  and r.opened_at is not null and not r.passed
order by c.name, c.contact_id, l.ordinal, l.lesson_id
