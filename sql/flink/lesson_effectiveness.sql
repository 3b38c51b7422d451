-- Does a message get reps on with a lesson: how many make progress within a day of one, and how many without any?
--
-- A row for each lesson of a program with live reps. Progress is to open the lesson, watch a step of its video, answer one of
-- its questions or complete it; a click on the message alone is none. Beside the reps who were sent a message about the lesson
-- stand those who were not; their progress counts whenever it was.
--
-- @param hours INT 24 'within how many hours after a message progress is due to it'

CREATE TABLE lesson_effectiveness (
  program_id STRING NOT NULL COMMENT 'The program.',
  lesson_id STRING NOT NULL COMMENT 'The lesson.',
  account_id STRING NOT NULL COMMENT 'The account.',
  ordinal INT NOT NULL COMMENT 'The lesson''s place in the program, from 1.',
  title STRING NOT NULL COMMENT 'Its title.',
  reps_messaged BIGINT NOT NULL COMMENT 'Live reps who were sent a message about it.',
  reps_progressed BIGINT NOT NULL COMMENT 'Of these, who made progress in the hours after a message.',
  progressed_percent DECIMAL(5, 1) COMMENT 'reps_progressed of reps_messaged; null without any.',
  unmessaged_reps BIGINT NOT NULL COMMENT 'Live reps of the program who were sent none.',
  unmessaged_progressed BIGINT NOT NULL COMMENT 'Of these, who made progress at any time.',
  unmessaged_percent DECIMAL(5, 1) COMMENT 'unmessaged_progressed of unmessaged_reps; null without any.',
  PRIMARY KEY (program_id, lesson_id) NOT ENFORCED
) COMMENT 'A lesson''s progress with messages and without.'
LIKE postgres;

CREATE VIEW message AS
SELECT contact_id, program_id, lesson_id, `at` FROM counted WHERE verb = 'message_sent';

CREATE VIEW progress AS
SELECT contact_id, program_id, lesson_id, `at` FROM counted WHERE verb NOT IN ('message_sent', 'message_clicked');

-- A rep in a lesson: how many messages, steps of progress, and of these pairs that are close enough.
CREATE VIEW rep_steps AS
SELECT contact_id, program_id, lesson_id, SUM(messages) AS messages, SUM(steps) AS steps, SUM(prompted) AS prompted
FROM (
  SELECT contact_id, program_id, lesson_id, 1 AS messages, 0 AS steps, 0 AS prompted FROM message
  UNION ALL
  SELECT contact_id, program_id, lesson_id, 0, 1, 0 FROM progress
  UNION ALL
  SELECT m.contact_id, m.program_id, m.lesson_id, 0, 0, 1
  FROM message m
  JOIN progress p ON p.contact_id = m.contact_id AND p.program_id = m.program_id AND p.lesson_id = m.lesson_id
  WHERE p.`at` >= m.`at` AND TIMESTAMPDIFF(SECOND, m.`at`, p.`at`) < ${hours} * 3600)
GROUP BY contact_id, program_id, lesson_id;

-- A lesson with its program's live reps, and what they did in it.
CREATE VIEW lesson_totals AS
SELECT program_id, lesson_id, SUM(reps) AS reps, SUM(messaged) AS messaged, SUM(progressed) AS progressed,
       SUM(unmessaged_progressed) AS unmessaged_progressed
FROM (
  SELECT l.program_id, l.id AS lesson_id, m.reps, CAST(0 AS BIGINT) AS messaged, CAST(0 AS BIGINT) AS progressed,
         CAST(0 AS BIGINT) AS unmessaged_progressed
  FROM lesson l
  JOIN (SELECT program_id, COUNT(*) AS reps FROM membership GROUP BY program_id) m ON m.program_id = l.program_id
  UNION ALL
  SELECT program_id, lesson_id, CAST(0 AS BIGINT), COUNT(*) FILTER (WHERE messages > 0),
         COUNT(*) FILTER (WHERE prompted > 0), COUNT(*) FILTER (WHERE messages = 0 AND steps > 0)
  FROM rep_steps GROUP BY program_id, lesson_id)
GROUP BY program_id, lesson_id;

INSERT INTO lesson_effectiveness
SELECT l.program_id, l.id, p.account_id, l.ordinal, l.title, t.messaged, t.progressed,
       CASE WHEN t.messaged > 0
            THEN CAST(ROUND(CAST(t.progressed AS DECIMAL(18, 0)) * 100 / t.messaged, 1) AS DECIMAL(5, 1)) END,
       t.reps - t.messaged, t.unmessaged_progressed,
       CASE WHEN t.reps > t.messaged
            THEN CAST(ROUND(CAST(t.unmessaged_progressed AS DECIMAL(18, 0)) * 100 / (t.reps - t.messaged), 1)
                      AS DECIMAL(5, 1)) END
FROM lesson_totals t
JOIN lesson l ON l.program_id = t.program_id AND l.id = t.lesson_id
JOIN program p ON p.id = l.program_id
WHERE t.reps > 0;
