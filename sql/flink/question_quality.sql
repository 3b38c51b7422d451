-- Which questions are too easy, too hard, or do not tell who knows the lesson from who does not?
--
-- A row for each question that a live rep has answered; of each rep the first answer counts. Facility is the proportion of
-- respondents who answered right. Discrimination is the correlation (point-biserial) between answering this question right
-- and the number of the lesson's other questions that the rep answered right: below zero, who knows more fails more often.
--
-- @param least_respondents INT 20 'with fewer respondents nothing is said of a question'
-- @param easy DECIMAL 0.95 'a facility above this is too easy'
-- @param hard DECIMAL 0.2 'a facility below this is too hard'
-- @param discriminates DECIMAL 0.2 'a discrimination below this is too little'

CREATE TABLE question_quality (
  program_id STRING NOT NULL COMMENT 'The program.',
  lesson_id STRING NOT NULL COMMENT 'The lesson.',
  question_id STRING NOT NULL COMMENT 'The question.',
  account_id STRING NOT NULL COMMENT 'The account.',
  respondents BIGINT NOT NULL COMMENT 'Live reps who answered it.',
  correct BIGINT NOT NULL COMMENT 'Of these, whose first answer was right.',
  facility DECIMAL(4, 3) NOT NULL COMMENT 'correct of respondents, 0 to 1.',
  discrimination DECIMAL(4, 3) COMMENT 'Correlation with the lesson''s other questions, -1 to 1; null if one of the two does not vary.',
  look_at STRING COMMENT 'Why to look at it: too easy, too hard, does not discriminate; null if there is no reason.',
  PRIMARY KEY (program_id, lesson_id, question_id) NOT ENFORCED
) COMMENT 'A question by its first answers.'
LIKE postgres;

-- x: this question right or not; y: how many of the lesson's other questions are.
CREATE VIEW scored AS
SELECT q.program_id, q.lesson_id, q.question_id, q.account_id, q.x, s.correct - q.x AS y
FROM (
  SELECT contact_id, program_id, lesson_id, question_id, account_id,
         CAST(CASE WHEN first_correct THEN 1 ELSE 0 END AS BIGINT) AS x
  FROM rep_question) q
JOIN (
  SELECT contact_id, program_id, lesson_id, SUM(CAST(CASE WHEN first_correct THEN 1 ELSE 0 END AS BIGINT)) AS correct
  FROM rep_question GROUP BY contact_id, program_id, lesson_id) s
  ON s.contact_id = q.contact_id AND s.program_id = q.program_id AND s.lesson_id = q.lesson_id;

CREATE VIEW question_moments AS
SELECT program_id, lesson_id, question_id, account_id, n, sx,
       n * sxy - sx * sy AS covariance, n * sx - sx * sx AS variance_x, n * syy - sy * sy AS variance_y
FROM (
  SELECT program_id, lesson_id, question_id, account_id, COUNT(*) AS n, SUM(x) AS sx, SUM(y) AS sy, SUM(x * y) AS sxy,
         SUM(y * y) AS syy
  FROM scored GROUP BY program_id, lesson_id, question_id, account_id);

CREATE VIEW question_rated AS
SELECT program_id, lesson_id, question_id, account_id, n, sx,
       CAST(ROUND(CAST(sx AS DECIMAL(18, 0)) / n, 3) AS DECIMAL(4, 3)) AS facility,
       CASE WHEN variance_x > 0 AND variance_y > 0
            THEN CAST(ROUND(CAST(covariance AS DOUBLE) / SQRT(CAST(variance_x AS DOUBLE) * CAST(variance_y AS DOUBLE)), 3)
                      AS DECIMAL(4, 3)) END AS discrimination
FROM question_moments;

INSERT INTO question_quality
SELECT program_id, lesson_id, question_id, account_id, n, sx, facility, discrimination,
       CASE WHEN n < ${least_respondents} THEN CAST(NULL AS STRING)
            WHEN facility > ${easy} THEN 'too easy'
            WHEN facility < ${hard} THEN 'too hard'
            WHEN discrimination < ${discriminates} THEN 'does not discriminate' END
FROM question_rated;
