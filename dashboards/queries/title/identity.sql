-- One row: the title that a number means, as our key or as one that the title had before.

with

meant_titles as (

    select
        title_id,
        1 as preference
    from marts.dim_titles
    where title_id = $number

    union all

    select
        title_id,
        2 as preference
    from marts.bridge_titles_external_ids
    where
        issuer = 'arthouse'
        and external_id = cast($number as varchar)

)

select title_id
from meant_titles
order by
    preference,
    title_id
limit 1
