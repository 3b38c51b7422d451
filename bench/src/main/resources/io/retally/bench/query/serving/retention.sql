-- How many reps watched each 15 seconds of a lesson's video.
select segment, viewers, views
from serving.lesson_segment
where account_id = :account and program_id = :program and lesson_id = :lesson
order by segment
