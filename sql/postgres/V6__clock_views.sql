-- What depends on the clock: views with now(), never stored values.
--
-- Two clocks. Of a single rep: due_at against now(), to the instant. Of many reps: by UTC day, because program_due is;
-- what is overdue today is a sum over the days before, so a rep who was due this morning joins the totals at 00:00 UTC.
-- rep_status.due_on is that day, so a list can be cut as the totals are (due_on < today).
--
-- security_invoker: a view shows its reader only the rows that the tables would. Left joins to the names, so that the
-- planner drops the ones that a query does not ask for; within an epoch each finds its row, except a team's, which need
-- not exist.

create view serving.rep_status with (security_invoker = true) as
select r.contact_id, r.program_id, r.account_id, r.team_id,
       a.name as account_name, c.name as contact_name, p.name as program_name, p.kind as program_kind,
       t.name as team_name,
       case when r.completed_at is not null      then 'completed'
            when r.due_at < now()                then 'overdue'
            when r.first_activity_at is not null then 'in_progress'
            else 'not_started' end as status,
       r.enrolled_at, r.due_at, (r.due_at at time zone 'UTC')::date as due_on,
       case when r.completed_at is null and r.due_at >= now()
            then floor(extract(epoch from r.due_at - now()) / 86400)::int end as days_left,
       case when r.completed_at is null and r.due_at < now()
            then floor(extract(epoch from now() - r.due_at) / 86400)::int end as days_late,
       r.completed_at, r.completed_at > r.due_at as completed_late,
       r.first_activity_at, r.last_activity_at,
       r.lessons_required, r.lessons_passed, r.lessons_opened, r.lessons_completed,
       round(r.lessons_passed * 100.0 / nullif(r.lessons_required, 0), 1) as passed_percent,
       r.segments_watched, r.questions_answered, r.questions_correct, r.answers, r.messages_sent, r.messages_clicked
from serving.rep_program r
left join serving.account a on a.account_id = r.account_id
left join serving.contact c on c.contact_id = r.contact_id
left join serving.program p on p.program_id = r.program_id
left join serving.team t on t.team_id = r.team_id;

comment on view serving.rep_status is 'Where a rep stands in a program now, with names. Grain: rep, program.';
comment on column serving.rep_status.status is
  'completed; else overdue (due_at is past); else in_progress (the rep did anything); else not_started.';
comment on column serving.rep_status.due_on is 'The UTC day of due_at, by which totals count.';
comment on column serving.rep_status.days_left is 'Whole days until due_at; null if completed, overdue or open-ended.';
comment on column serving.rep_status.days_late is 'Whole days since due_at, 0 on the first; null unless overdue.';
comment on column serving.rep_status.completed_late is 'Completed after due_at; null if not completed or open-ended.';
comment on column serving.rep_status.passed_percent is 'Required lessons passed, in percent; null if none is required.';

create view serving.program_status with (security_invoker = true) as
select p.program_id, p.account_id, a.name as account_name, p.name as program_name, p.kind as program_kind,
       coalesce(s.reps_enrolled, 0)                    as reps_enrolled,
       coalesce(s.reps_enrolled - s.reps_started, 0)   as reps_not_started,
       coalesce(s.reps_started - s.reps_completed, 0)  as reps_in_progress,
       coalesce(s.reps_completed, 0)                   as reps_completed,
       coalesce(d.reps_overdue, 0)                     as reps_overdue,
       coalesce(d.reps_due_in_7_days, 0)               as reps_due_in_7_days,
       d.next_due_on,
       round(s.reps_completed * 100.0 / s.reps_enrolled, 1) as completed_percent,
       round(s.questions_correct * 100.0 / nullif(s.questions_answered, 0), 1) as correct_percent,
       round(s.messages_clicked * 100.0 / nullif(s.messages_sent, 0), 1) as clicked_percent
from serving.program p
left join serving.account a on a.account_id = p.account_id
left join serving.program_summary s on s.program_id = p.program_id
left join lateral (
  select sum(d.reps_enrolled - d.reps_completed) filter (where d.due_on < u.today)::bigint as reps_overdue,
         sum(d.reps_enrolled - d.reps_completed)
           filter (where d.due_on >= u.today and d.due_on < u.today + 7)::bigint as reps_due_in_7_days,
         min(d.due_on) filter (where d.due_on >= u.today and d.reps_enrolled > d.reps_completed) as next_due_on
  from serving.program_due d, (select (now() at time zone 'UTC')::date as today) u
  where d.program_id = p.program_id) d on true;

comment on view serving.program_status is
  'Where a program stands today, with names; programs without reps too. Grain: program. Days are UTC days.';
comment on column serving.program_status.reps_not_started is 'Nothing done yet, overdue or not.';
comment on column serving.program_status.reps_in_progress is 'Started and not completed, overdue or not.';
comment on column serving.program_status.reps_overdue is
  'Not completed, and due on a day before today: a sum of program_due.';
comment on column serving.program_status.reps_due_in_7_days is
  'Not completed, and due today or in the six days after.';
comment on column serving.program_status.next_due_on is
  'The next day, today included, on which a rep who has not completed is due.';
comment on column serving.program_status.completed_percent is 'Of the enrolled reps; null without reps.';
comment on column serving.program_status.correct_percent is
  'Questions whose latest answer is correct; null without answers.';
comment on column serving.program_status.clicked_percent is 'Clicks for 100 messages sent; null without messages.';

create view serving.team_status with (security_invoker = true) as
select s.team_id, s.program_id, s.account_id, t.name as team_name, t.parent_team_id, p.name as program_name,
       p.kind as program_kind,
       s.reps_enrolled,
       s.reps_enrolled - s.reps_started  as reps_not_started,
       s.reps_started - s.reps_completed as reps_in_progress,
       s.reps_completed,
       d.reps_overdue, d.reps_due_in_7_days,
       round(s.reps_completed * 100.0 / s.reps_enrolled, 1) as completed_percent,
       round(s.questions_correct * 100.0 / nullif(s.questions_answered, 0), 1) as correct_percent,
       round(s.messages_clicked * 100.0 / nullif(s.messages_sent, 0), 1) as clicked_percent
from serving.team_program s
left join serving.team t on t.team_id = s.team_id
left join serving.program p on p.program_id = s.program_id
left join lateral (
  select count(*) filter (where r.due_at < u.today) as reps_overdue,
         count(*) filter (where r.due_at >= u.today and r.due_at < u.today + interval '7 days') as reps_due_in_7_days
  from serving.rep_program r,
       (select date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' as today) u
  where r.team_id = s.team_id and r.program_id = s.program_id and r.completed_at is null) d on true;

comment on view serving.team_status is
  'Where a team stands in a program today, with names. Grain: team, program. Days are UTC days, as in program_status.';
comment on column serving.team_status.reps_overdue is
  'Not completed, and due on a day before today. Counted from the team''s reps, who are few.';
comment on column serving.team_status.reps_due_in_7_days is 'Not completed, and due today or in the six days after.';
comment on column serving.team_status.completed_percent is 'Of the enrolled reps.';
comment on column serving.team_status.correct_percent is
  'Questions whose latest answer is correct; null without answers.';
comment on column serving.team_status.clicked_percent is 'Clicks for 100 messages sent; null without messages.';

create view serving.at_risk_reps with (security_invoker = true) as
select *
from (select s.*,
             s.status = 'overdue' as overdue,
             coalesce(s.due_at >= now() and s.due_at < now() + interval '7 days'
                      and s.lessons_passed * 2 < s.lessons_required, false) as behind,
             greatest(s.enrolled_at, s.last_activity_at) < now() - interval '7 days' as inactive
      from serving.rep_status s
      where s.completed_at is null) r
where overdue or behind or inactive;

comment on view serving.at_risk_reps is
  'Reps who have not completed and are overdue, behind or inactive: rep_status with the reasons. Grain: rep, program.';
comment on column serving.at_risk_reps.overdue is 'due_at is past.';
comment on column serving.at_risk_reps.behind is
  'Due within 7 days, with less than half of the required lessons passed.';
comment on column serving.at_risk_reps.inactive is
  'Did nothing for 7 days, counted from the enrolment if that is later.';
