-- Of the reps who enrolled in a month, how many were active n days later, and how many on that day or any later one?
--
-- A row for each program, month of enrolment and n. Active is who did anything in the program, not who was sent a message. Days
-- and months are those of the account's time zone; the day of the enrolment is day 0. For n-day retention (retained_on_day) a
-- rep is counted who was active on that very day; for unbounded retention (retained_since_day) who was on that day or later.
-- Reps whose n-th day is yet to come are among reps, and in neither of the two: look at months that are over.
--
-- @param first_n INT 1 'the first n'
-- @param second_n INT 7 'the second n, another number'
-- @param third_n INT 28 'the third n, another number'

CREATE TABLE cohort_retention (
  program_id STRING NOT NULL COMMENT 'The program.',
  cohort_month DATE NOT NULL COMMENT 'The first day of the month that the reps enrolled in.',
  n_day INT NOT NULL COMMENT 'n, days after the enrolment.',
  account_id STRING NOT NULL COMMENT 'The account.',
  reps BIGINT NOT NULL COMMENT 'Live reps who enrolled in the month.',
  retained_on_day BIGINT NOT NULL COMMENT 'Of these, who was active on the n-th day.',
  retained_since_day BIGINT NOT NULL COMMENT 'Of these, who was active on the n-th day or later.',
  n_day_percent DECIMAL(5, 1) NOT NULL COMMENT 'retained_on_day of reps, 0 to 100.',
  unbounded_percent DECIMAL(5, 1) NOT NULL COMMENT 'retained_since_day of reps, 0 to 100.',
  PRIMARY KEY (program_id, cohort_month, n_day) NOT ENFORCED
) COMMENT 'Retention of the reps who enrolled in a program in a month.'
LIKE postgres;

-- The membership itself is a row without a day, so that who was never active is counted as well.
CREATE VIEW active_day AS
SELECT contact_id, program_id, account_id, LOCAL_DAY(enrolled_at, time_zone) AS enrolled_on, CAST(NULL AS INT) AS days_later
FROM membership
UNION ALL
SELECT contact_id, program_id, account_id, LOCAL_DAY(enrolled_at, time_zone),
       TIMESTAMPDIFF(DAY, LOCAL_DAY(enrolled_at, time_zone), LOCAL_DAY(`at`, time_zone))
FROM counted
WHERE verb <> 'message_sent';

CREATE VIEW rep_retention AS
SELECT contact_id, program_id, account_id, enrolled_on, n_day,
       COUNT(*) FILTER (WHERE days_later = n_day) AS on_day,
       COUNT(*) FILTER (WHERE days_later >= n_day) AS since_day
FROM active_day
CROSS JOIN UNNEST(ARRAY[${first_n}, ${second_n}, ${third_n}]) AS n (n_day)
GROUP BY contact_id, program_id, account_id, enrolled_on, n_day;

INSERT INTO cohort_retention
SELECT program_id, cohort_month, n_day, account_id, reps, on_day, since_day,
       CAST(ROUND(CAST(on_day AS DECIMAL(18, 0)) * 100 / reps, 1) AS DECIMAL(5, 1)),
       CAST(ROUND(CAST(since_day AS DECIMAL(18, 0)) * 100 / reps, 1) AS DECIMAL(5, 1))
FROM (
  SELECT program_id, FLOOR(enrolled_on TO MONTH) AS cohort_month, n_day, account_id, COUNT(*) AS reps,
         COUNT(*) FILTER (WHERE on_day > 0) AS on_day, COUNT(*) FILTER (WHERE since_day > 0) AS since_day
  FROM rep_retention
  GROUP BY program_id, FLOOR(enrolled_on TO MONTH), n_day, account_id);
