-- One row per fact that pages state of a title.

select
    fact_kind,
    fact_text
from marts.dim_title_facts
where title_id = $title_id
order by
    fact_kind,
    fact_order
