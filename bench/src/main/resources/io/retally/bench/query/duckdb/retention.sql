select c.segment, count(distinct c.contact_id) as viewers, count(*) as views
from counted c
join member m on m.program_id = c.program_id and m.contact_id = c.contact_id
where c.program_id = :program and c.lesson_id = :lesson and c.account_id = :account and c.verb = 'segment_watched'
group by c.segment
order by c.segment
