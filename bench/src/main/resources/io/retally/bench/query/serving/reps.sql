-- A program's reps, sorted by any column: the first page. The page is found first, so that only its rows get their
-- names; to sort by what is not a name, no name is looked up.
select r.contact_id, r.contact_name, r.team_name, r.status, r.due_at, r.lessons_opened, r.lessons_completed,
       r.lessons_passed, r.segments_watched, r.questions_answered, r.questions_correct, r.answers, r.messages_clicked,
       r.last_activity_at, r.completed_at
from (select contact_id, program_id
      from serving.rep_status
      where account_id = :account and program_id = :program
      order by {column} {direction} nulls last, contact_id
      limit 100) page
join serving.rep_status r on r.contact_id = page.contact_id and r.program_id = page.program_id
order by r.{column} {direction} nulls last, r.contact_id
