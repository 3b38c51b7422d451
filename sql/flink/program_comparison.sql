-- How do the programs of an account compare: how many reps started, how many completed, how many messages that took?
--
-- A row for each program with at least one live rep. Percentages are of the reps enrolled, rounded to tenths.

CREATE TABLE program_comparison (
  program_id STRING NOT NULL COMMENT 'The program.',
  account_id STRING NOT NULL COMMENT 'Its account.',
  name STRING NOT NULL COMMENT 'Its name.',
  kind STRING NOT NULL COMMENT 'Its kind.',
  reps_enrolled BIGINT NOT NULL COMMENT 'Live reps in it.',
  reps_started BIGINT NOT NULL COMMENT 'Of these, who did anything in it.',
  reps_completed BIGINT NOT NULL COMMENT 'Of these, who passed all required lessons.',
  started_percent DECIMAL(5, 1) NOT NULL COMMENT 'Of the enrolled reps, 0 to 100.',
  completed_percent DECIMAL(5, 1) NOT NULL COMMENT 'Of the enrolled reps, 0 to 100.',
  messages_sent BIGINT NOT NULL COMMENT 'To its reps.',
  messages_per_completion DECIMAL(12, 1) COMMENT 'Messages sent for each rep who completed; null without any.',
  PRIMARY KEY (program_id) NOT ENFORCED
) COMMENT 'A program beside the others of its account.'
LIKE postgres;

-- One row a rep and program, so that who did several things is one who started.
CREATE VIEW rep AS
SELECT contact_id, program_id, account_id,
       SUM(enrolled) AS enrolled, SUM(actions) AS actions, SUM(messages) AS messages, SUM(completed) AS completed
FROM (
  SELECT contact_id, program_id, account_id, 1 AS enrolled, 0 AS actions, 0 AS messages, 0 AS completed FROM membership
  UNION ALL
  SELECT contact_id, program_id, account_id, 0, CASE WHEN verb = 'message_sent' THEN 0 ELSE 1 END,
         CASE WHEN verb = 'message_sent' THEN 1 ELSE 0 END, 0
  FROM counted
  UNION ALL
  SELECT contact_id, program_id, account_id, 0, 0, 0, 1 FROM completion)
GROUP BY contact_id, program_id, account_id;

INSERT INTO program_comparison
SELECT p.id, p.account_id, p.name, p.kind, t.enrolled, t.started, t.completed,
       CAST(ROUND(CAST(t.started AS DECIMAL(18, 0)) * 100 / t.enrolled, 1) AS DECIMAL(5, 1)),
       CAST(ROUND(CAST(t.completed AS DECIMAL(18, 0)) * 100 / t.enrolled, 1) AS DECIMAL(5, 1)),
       t.messages,
       CASE WHEN t.completed > 0
            THEN CAST(ROUND(CAST(t.messages AS DECIMAL(18, 0)) / t.completed, 1) AS DECIMAL(12, 1)) END
FROM program p
JOIN (
  SELECT program_id, account_id, SUM(enrolled) AS enrolled, COUNT(*) FILTER (WHERE actions > 0) AS started,
         SUM(completed) AS completed, SUM(messages) AS messages
  FROM rep GROUP BY program_id, account_id) t
  ON t.program_id = p.id AND t.account_id = p.account_id
WHERE t.enrolled > 0;
