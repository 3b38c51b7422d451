select i.segment, count(distinct i.contact_id) as viewers, count(*) as views
from interaction i force index (segments)
join lesson l on l.program_id = i.program_id and l.id = i.lesson_id
join member m on m.program_id = i.program_id and m.contact_id = i.contact_id and m.account_id = i.account_id
where i.program_id = :program and i.lesson_id = :lesson and i.verb = 'segment_watched' and i.account_id = :account
  and i.segment between 0 and l.segments_total - 1
group by i.segment
order by i.segment
