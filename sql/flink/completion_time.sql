-- How long does it take a rep to complete a program?
--
-- A row for each program that somebody has completed: percentiles of the time from the enrolment that stands to the completion
-- of the last required lesson. A percentile is the time of one of the reps (PERCENTILE_DISC). Completions from before the
-- enrolment, as an import can bring them, have negative times.

CREATE TABLE completion_time (
  program_id STRING NOT NULL COMMENT 'The program.',
  account_id STRING NOT NULL COMMENT 'Its account.',
  reps_completed BIGINT NOT NULL COMMENT 'Live reps who passed all required lessons.',
  p25_seconds BIGINT NOT NULL COMMENT 'A quarter of them took this long or less.',
  p50_seconds BIGINT NOT NULL COMMENT 'Half of them took this long or less: the median.',
  p75_seconds BIGINT NOT NULL COMMENT 'Three quarters of them took this long or less.',
  p90_seconds BIGINT NOT NULL COMMENT 'Nine in ten of them took this long or less.',
  PRIMARY KEY (program_id) NOT ENFORCED
) COMMENT 'How long the reps of a program took to complete it.'
LIKE postgres;

INSERT INTO completion_time
SELECT program_id, account_id, COUNT(*), EXACT_PERCENTILE(seconds, 25), EXACT_PERCENTILE(seconds, 50),
       EXACT_PERCENTILE(seconds, 75), EXACT_PERCENTILE(seconds, 90)
FROM (SELECT program_id, account_id, CAST(TIMESTAMPDIFF(SECOND, enrolled_at, completed_at) AS BIGINT) AS seconds
      FROM completion)
GROUP BY program_id, account_id;
