alter table contact add key by_team (team_id);
alter table enrollment add key by_program (program_id, contact_id, account_id, withdrawn_at, enrolled_at, id, due_at);
-- They cover what is asked of them.
alter table interaction
  add key answers (program_id, verb, contact_id, lesson_id, question_id, at, id, correct, account_id),
  add key segments (program_id, lesson_id, verb, segment, contact_id, account_id);

-- A live rep in a program: its latest enrolment that stands.
create view member as
select e.program_id, e.contact_id, e.account_id, c.team_id, c.name as contact_name, e.due_at
from enrollment e
join contact c on c.id = e.contact_id and c.account_id = e.account_id and c.removed_at is null
join program p on p.id = e.program_id and p.account_id = e.account_id
join account a on a.id = e.account_id
where e.withdrawn_at is null
  and not exists (select 1 from enrollment f
                  where f.program_id = e.program_id and f.contact_id = e.contact_id and f.account_id = e.account_id
                    and f.withdrawn_at is null
                    and (f.enrolled_at > e.enrolled_at or (f.enrolled_at = e.enrolled_at and f.id > e.id)));
analyze table account, team, contact, program, lesson, lesson_question, enrollment, interaction;
