-- OFFSET 0: rep by rep, by the indexes, instead of all reps and then those of the team.
select c.id as contact_id, c.name as contact_name, r.ordinal, r.title, r.opened_at, r.segments_watched,
       r.segments_total, r.questions_correct, r.questions_total, m.due_at, a.last_activity_at
from source.contact c
cross join lateral (select m.due_at from raw.member m
                    where m.program_id = :program and m.contact_id = c.id and m.account_id = :account offset 0) m
cross join lateral (select r.* from raw.rep_lesson r
                    where r.program_id = :program and r.contact_id = c.id offset 0) r
cross join lateral (select max(i.at) as last_activity_at from raw.counted i
                    where i.program_id = :program and i.contact_id = c.id and i.verb <> 'message_sent') a
where c.team_id = :team and r.opened_at is not null and not r.passed
order by c.name, c.id, r.ordinal, r.lesson_id
