with
-- include lesson_ctes
, reps as (
  select m.contact_id, m.team_id, m.contact_name, m.due_at, t.lessons_required,
         coalesce(r.lessons_opened, 0) as lessons_opened, coalesce(r.lessons_completed, 0) as lessons_completed,
         coalesce(r.lessons_passed, 0) as lessons_passed, coalesce(r.segments_watched, 0) as segments_watched,
         coalesce(r.questions_answered, 0) as questions_answered,
         coalesce(r.questions_correct, 0) as questions_correct, coalesce(r.answers, 0) as answers,
         coalesce(r.messages_sent, 0) as messages_sent, coalesce(r.messages_clicked, 0) as messages_clicked,
         r.first_activity_at, r.last_activity_at,
         case when t.lessons_required > 0 and r.lessons_passed = t.lessons_required
              then r.required_completed_at end as completed_at
  from member m
  join (select count(case when required then 1 end) as lessons_required from lesson where program_id = :program) t
  left join (select contact_id, count(opened_at) as lessons_opened, count(completed_at) as lessons_completed,
                    sum(passed and required) as lessons_passed,
                    max(case when passed and required then completed_at end) as required_completed_at,
                    sum(segments_watched) as segments_watched, sum(questions_answered) as questions_answered,
                    sum(questions_correct) as questions_correct, sum(answers) as answers,
                    sum(messages_sent) as messages_sent, sum(messages_clicked) as messages_clicked,
                    min(first_activity_at) as first_activity_at, max(last_activity_at) as last_activity_at
             from lessons group by contact_id) r on r.contact_id = m.contact_id
  where m.program_id = :program and m.account_id = :account)
