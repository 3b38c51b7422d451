-- At which hour of a rep's day do messages get a response?
--
-- A row for each program and hour of the day, in the account's time zone, in which a message was sent. A message has a response
-- if the rep clicked one of the same lesson within some hours after it was sent; a click is a response to every message that
-- it follows so closely.
--
-- @param response_hours INT 24 'within how many hours after a message a click is a response to it'

CREATE TABLE message_response (
  program_id STRING NOT NULL COMMENT 'The program.',
  hour_of_day INT NOT NULL COMMENT 'The hour that the message was sent in, 0 to 23, in the account''s time zone.',
  account_id STRING NOT NULL COMMENT 'The account.',
  messages_sent BIGINT NOT NULL COMMENT 'Messages sent in that hour to live reps.',
  messages_answered BIGINT NOT NULL COMMENT 'Of these, those with a response.',
  answered_percent DECIMAL(5, 1) NOT NULL COMMENT 'messages_answered of messages_sent, 0 to 100.',
  PRIMARY KEY (program_id, hour_of_day) NOT ENFORCED
) COMMENT 'Messages of a program by the hour that they were sent in.'
LIKE postgres;

CREATE VIEW message AS
SELECT id, contact_id, program_id, lesson_id, account_id, `at`, LOCAL_HOUR(`at`, time_zone) AS hour_of_day
FROM counted WHERE verb = 'message_sent';

CREATE VIEW message_clicks AS
SELECT id, program_id, account_id, hour_of_day, SUM(clicks) AS clicks
FROM (
  SELECT id, program_id, account_id, hour_of_day, 0 AS clicks FROM message
  UNION ALL
  SELECT m.id, m.program_id, m.account_id, m.hour_of_day, 1
  FROM message m
  JOIN counted c ON c.contact_id = m.contact_id AND c.program_id = m.program_id AND c.lesson_id = m.lesson_id
  WHERE c.verb = 'message_clicked' AND c.`at` >= m.`at`
    AND TIMESTAMPDIFF(SECOND, m.`at`, c.`at`) < ${response_hours} * 3600)
GROUP BY id, program_id, account_id, hour_of_day;

INSERT INTO message_response
SELECT program_id, hour_of_day, account_id, sent, answered,
       CAST(ROUND(CAST(answered AS DECIMAL(18, 0)) * 100 / sent, 1) AS DECIMAL(5, 1))
FROM (
  SELECT program_id, hour_of_day, account_id, COUNT(*) AS sent, COUNT(*) FILTER (WHERE clicks > 0) AS answered
  FROM message_clicks GROUP BY program_id, hour_of_day, account_id);
