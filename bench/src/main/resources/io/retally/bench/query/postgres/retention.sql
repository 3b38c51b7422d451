select c.segment, count(distinct c.contact_id) as viewers, count(*) as views
from raw.watched c
join raw.member m on m.program_id = c.program_id and m.contact_id = c.contact_id
where c.program_id = :program and c.lesson_id = :lesson and c.account_id = :account
group by c.segment
order by c.segment
