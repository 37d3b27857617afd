-- What was refused when this release was loaded, and why?
select feed, table_name, reason, sum(reject_count) as line_count
from ops.rejects
group by all
order by line_count desc
