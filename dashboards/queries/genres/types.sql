-- One row per title type, the one with most titles first.

select
    title_type,
    cast(sum(title_count) as bigint) as title_count
from marts.rpt_titles_by_year
where title_type is not null
group by all
order by title_count desc, title_type asc
