-- The tables of every report: the current documents, the sinks, and views that most reports begin with.
--
-- Tables of documents hold what the change topics last said: usable versions only, and a document's live topic alone once it
-- has said anything. They are those of the contract's schema source (oracle/src/main/resources/io/retally/oracle/source.sql),
-- and change by inserts, updates and deletes.
--
-- @param kafka_bootstrap STRING 'localhost:9092' 'the brokers, host:port[,host:port]'
-- @param kafka_client STRING '' 'a properties file with security.protocol, ssl.* and sasl.* of Kafka''s clients; empty: no encryption'
-- @param kafka_group STRING 'sql-report' 'consumer group that offsets are committed under, for monitoring only'
-- @param topic_prefix STRING 'retally' 'what the topics'' names begin with'
-- @param postgres_url STRING 'jdbc:postgresql://localhost:5432/retally' 'the database of schema reporting'
-- @param postgres_user STRING 'retally_reporter' 'a login of role retally_report; its password is in the file that PGPASSFILE names'
-- @param mongodb_uri STRING 'mongodb://localhost:27017' 'where LIKE mongodb writes'

-- Documents -----------------------------------------------------------------------------------------------------------

CREATE TABLE account (
  id STRING NOT NULL,
  name STRING NOT NULL,
  time_zone STRING NOT NULL,                                -- a region name of the tz database
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'retally-documents', 'kafka.bootstrap' = ${kafka_bootstrap}, 'kafka.client' = ${kafka_client},
  'kafka.group' = ${kafka_group}, 'topic.prefix' = ${topic_prefix});

CREATE TABLE team (
  id STRING NOT NULL,
  account_id STRING NOT NULL,
  name STRING NOT NULL,
  parent_team_id STRING,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'retally-documents', 'kafka.bootstrap' = ${kafka_bootstrap}, 'kafka.client' = ${kafka_client},
  'kafka.group' = ${kafka_group}, 'topic.prefix' = ${topic_prefix});

CREATE TABLE contact (                                      -- a rep; removed if removed_at is set
  id STRING NOT NULL,
  account_id STRING NOT NULL,
  team_id STRING,
  name STRING NOT NULL,
  removed_at TIMESTAMP_LTZ(3),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'retally-documents', 'kafka.bootstrap' = ${kafka_bootstrap}, 'kafka.client' = ${kafka_client},
  'kafka.group' = ${kafka_group}, 'topic.prefix' = ${topic_prefix});

CREATE TABLE program (
  id STRING NOT NULL,
  account_id STRING NOT NULL,
  name STRING NOT NULL,
  kind STRING NOT NULL,
  pass_percent INT NOT NULL,                                -- 0 to 100
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'retally-documents', 'kafka.bootstrap' = ${kafka_bootstrap}, 'kafka.client' = ${kafka_client},
  'kafka.group' = ${kafka_group}, 'topic.prefix' = ${topic_prefix});

CREATE TABLE lesson (                                       -- an element of its program's array
  program_id STRING NOT NULL,
  id STRING NOT NULL,
  ordinal INT NOT NULL,                                     -- the place in the program, from 1
  title STRING NOT NULL,
  video_seconds INT NOT NULL,
  required BOOLEAN NOT NULL,
  question_ids ARRAY<STRING> NOT NULL,
  PRIMARY KEY (program_id, id) NOT ENFORCED
) WITH (
  'connector' = 'retally-documents', 'kafka.bootstrap' = ${kafka_bootstrap}, 'kafka.client' = ${kafka_client},
  'kafka.group' = ${kafka_group}, 'topic.prefix' = ${topic_prefix});

CREATE TABLE enrollment (
  id STRING NOT NULL,
  account_id STRING NOT NULL,
  contact_id STRING NOT NULL,
  program_id STRING NOT NULL,
  enrolled_at TIMESTAMP_LTZ(3) NOT NULL,
  due_at TIMESTAMP_LTZ(3),
  withdrawn_at TIMESTAMP_LTZ(3),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'retally-documents', 'kafka.bootstrap' = ${kafka_bootstrap}, 'kafka.client' = ${kafka_client},
  'kafka.group' = ${kafka_group}, 'topic.prefix' = ${topic_prefix});

CREATE TABLE interaction (
  id STRING NOT NULL,
  account_id STRING NOT NULL,
  contact_id STRING NOT NULL,
  program_id STRING NOT NULL,
  lesson_id STRING NOT NULL,
  verb STRING NOT NULL,                                     -- message_sent, message_clicked, lesson_opened,
                                                            -- segment_watched, question_answered, lesson_completed; the
                                                            -- first is the coach's doing, all others are the rep's
  `at` TIMESTAMP_LTZ(3) NOT NULL,
  segment INT,                                              -- 15-second step of the video, from 0
  question_id STRING,
  choice STRING,
  correct BOOLEAN,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'retally-documents', 'kafka.bootstrap' = ${kafka_bootstrap}, 'kafka.client' = ${kafka_client},
  'kafka.group' = ${kafka_group}, 'topic.prefix' = ${topic_prefix});

-- Sinks: a report declares its table LIKE one of them -----------------------------------------------------------------

-- A table of schema reporting that is kept equal to the query, one transaction an epoch.
CREATE TABLE postgres WITH (
  'connector' = 'retally-postgres', 'postgres.url' = ${postgres_url}, 'postgres.user' = ${postgres_user});

-- A collection of database reporting; name it: CREATE TABLE ... WITH ('collection' = '...') LIKE mongodb. The key is its _id.
-- Written row by row and at least once: after a failure it may keep a document that the query has lost.
CREATE TABLE mongodb WITH (
  'connector' = 'mongodb', 'uri' = ${mongodb_uri}, 'database' = 'reporting');

-- Views: who and what counts, as the serving tables have it -----------------------------------------------------------

-- A live rep in a program: the latest enrolment that stands.
CREATE VIEW membership AS
SELECT contact_id, program_id, account_id, team_id, enrolled_at, due_at, pass_percent, time_zone
FROM (
  SELECT e.contact_id, e.program_id, e.account_id, c.team_id, e.enrolled_at, e.due_at, p.pass_percent, a.time_zone,
         ROW_NUMBER() OVER (PARTITION BY e.contact_id, e.program_id ORDER BY e.enrolled_at DESC, e.id DESC) AS place
  FROM enrollment e
  JOIN contact c ON c.id = e.contact_id AND c.account_id = e.account_id
  JOIN program p ON p.id = e.program_id AND p.account_id = e.account_id
  JOIN account a ON a.id = e.account_id
  WHERE e.withdrawn_at IS NULL AND c.removed_at IS NULL)
WHERE place = 1;

-- An interaction that counts, with what is known of its rep and its lesson. Those from before enrolled_at, too.
CREATE VIEW counted AS
SELECT i.id, i.contact_id, i.program_id, i.lesson_id, i.account_id, i.verb, i.`at`, i.segment, i.question_id, i.choice,
       i.correct, m.team_id, m.enrolled_at, m.pass_percent, m.time_zone, l.required,
       (l.video_seconds + 14) / 15 AS segments_total, CARDINALITY(l.question_ids) AS questions_total
FROM interaction i
JOIN membership m ON m.contact_id = i.contact_id AND m.program_id = i.program_id AND m.account_id = i.account_id
JOIN lesson l ON l.program_id = i.program_id AND l.id = i.lesson_id
WHERE CASE i.verb
        WHEN 'segment_watched' THEN i.segment BETWEEN 0 AND (l.video_seconds + 14) / 15 - 1
        WHEN 'question_answered' THEN ARRAY_CONTAINS(l.question_ids, i.question_id) AND i.correct IS NOT NULL
        ELSE TRUE
      END;

-- First and latest answer of a rep to a question.
CREATE VIEW rep_question AS
SELECT contact_id, program_id, lesson_id, question_id, account_id, pass_percent, enrolled_at, required, questions_total,
       COUNT(*) AS answers,
       FIRST_ANSWER(correct, `at`, id) AS first_correct,
       LATEST_ANSWER(correct, `at`, id) AS latest_correct
FROM counted
WHERE verb = 'question_answered'
GROUP BY contact_id, program_id, lesson_id, question_id, account_id, pass_percent, enrolled_at, required, questions_total;

-- A rep in a lesson that the rep completed or answered questions of: whether it is passed, and since when it is completed.
CREATE VIEW rep_lesson AS
SELECT contact_id, program_id, lesson_id, account_id, enrolled_at, required, completed_at,
       completed_at IS NOT NULL AND questions_correct * 100 >= pass_percent * questions_total AS passed
FROM (
  SELECT contact_id, program_id, lesson_id, account_id, pass_percent, enrolled_at, required, questions_total,
         MIN(completed_at) AS completed_at, SUM(correct) AS questions_correct
  FROM (
    SELECT contact_id, program_id, lesson_id, account_id, pass_percent, enrolled_at, required, questions_total,
           `at` AS completed_at, 0 AS correct
    FROM counted WHERE verb = 'lesson_completed'
    UNION ALL
    SELECT contact_id, program_id, lesson_id, account_id, pass_percent, enrolled_at, required, questions_total,
           CAST(NULL AS TIMESTAMP_LTZ(3)), CASE WHEN latest_correct THEN 1 ELSE 0 END
    FROM rep_question)
  GROUP BY contact_id, program_id, lesson_id, account_id, pass_percent, enrolled_at, required, questions_total);

-- A rep who has passed all required lessons of a program, and when the last of them was completed.
CREATE VIEW completion AS
SELECT r.contact_id, r.program_id, r.account_id, r.enrolled_at, r.completed_at
FROM (
  SELECT contact_id, program_id, account_id, enrolled_at, COUNT(*) AS lessons_passed, MAX(completed_at) AS completed_at
  FROM rep_lesson WHERE passed AND required
  GROUP BY contact_id, program_id, account_id, enrolled_at) r
JOIN (SELECT program_id, COUNT(*) AS lessons_required FROM lesson WHERE required GROUP BY program_id) l
  ON l.program_id = r.program_id AND l.lessons_required = r.lessons_passed;
