-- One row per release of a title, pages' first.

select
    release_date,
    date_precision,
    country_code,
    country_name,
    note,
    source
from marts.fct_releases
where title_id = $title_id
order by
    source,
    release_order
