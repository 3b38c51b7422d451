-- The account has this one program.
select p.id, p.name, p.kind, count(r.contact_id) as reps_enrolled,
       count(r.contact_id) - count(r.first_activity_at) as reps_not_started,
       count(r.first_activity_at) - count(r.completed_at) as reps_in_progress,
       count(r.completed_at) as reps_completed,
       count(*) filter (where r.completed_at is null and r.due_on < t.today) as reps_overdue,
       count(*) filter (where r.completed_at is null and r.due_on >= t.today and r.due_on < t.today + 7)
         as reps_due_in_7_days,
       round(count(r.completed_at) * 100.0 / nullif(count(r.contact_id), 0), 1) as completed_percent,
       round(sum(r.questions_correct) * 100.0 / nullif(sum(r.questions_answered), 0), 1) as correct_percent,
       round(sum(r.messages_clicked) * 100.0 / nullif(sum(r.messages_sent), 0), 1) as clicked_percent
from source.program p
cross join (select (:as_of::timestamptz at time zone 'UTC')::date as today) t
left join (select *, (due_at at time zone 'UTC')::date as due_on from raw.rep_program where program_id = :program) r
  on r.program_id = p.id
where p.account_id = :account and p.id = :program
group by p.id, p.name, p.kind
order by p.name, p.id
