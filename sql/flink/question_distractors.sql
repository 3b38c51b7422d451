-- Which wrong answers of a question mislead, and which does nobody take for right?
--
-- A row for each question and choice that a live rep has given; all answers count that say what was chosen. A choice is wrong
-- (a distractor) if no answer with it was right.
--
-- @param hardly_percent INT 5 'a distractor that fewer in a hundred answers choose is hardly chosen'

CREATE TABLE question_distractors (
  program_id STRING NOT NULL COMMENT 'The program.',
  lesson_id STRING NOT NULL COMMENT 'The lesson.',
  question_id STRING NOT NULL COMMENT 'The question.',
  choice STRING NOT NULL COMMENT 'What was chosen.',
  account_id STRING NOT NULL COMMENT 'The account.',
  answers BIGINT NOT NULL COMMENT 'Answers with this choice.',
  answers_percent DECIMAL(5, 1) NOT NULL COMMENT 'Of all answers to the question that say what was chosen, 0 to 100.',
  is_distractor BOOLEAN NOT NULL COMMENT 'Whether no answer with it was right.',
  look_at STRING COMMENT 'Why to look at it: chosen more often than what is right, hardly chosen; null if there is no reason.',
  PRIMARY KEY (program_id, lesson_id, question_id, choice) NOT ENFORCED
) COMMENT 'What is chosen in answer to a question.'
LIKE postgres;

CREATE VIEW chosen AS
SELECT program_id, lesson_id, question_id, account_id, choice, COUNT(*) AS answers, COUNT(*) FILTER (WHERE correct) AS correct
FROM counted WHERE verb = 'question_answered' AND choice IS NOT NULL
GROUP BY program_id, lesson_id, question_id, account_id, choice;

INSERT INTO question_distractors
SELECT c.program_id, c.lesson_id, c.question_id, c.choice, c.account_id, c.answers,
       CAST(ROUND(CAST(c.answers AS DECIMAL(18, 0)) * 100 / q.answers, 1) AS DECIMAL(5, 1)),
       c.correct = 0,
       CASE WHEN c.correct > 0 THEN CAST(NULL AS STRING)
            WHEN c.answers > q.correct THEN 'chosen more often than what is right'
            WHEN c.answers * 100 < q.answers * ${hardly_percent} THEN 'hardly chosen' END
FROM chosen c
JOIN (
  SELECT program_id, lesson_id, question_id, SUM(answers) AS answers, SUM(correct) AS correct
  FROM chosen GROUP BY program_id, lesson_id, question_id) q
  ON q.program_id = c.program_id AND q.lesson_id = c.lesson_id AND q.question_id = c.question_id;
