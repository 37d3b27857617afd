-- One row per span of reviews a title, each twice the one before: the titles.

with

chosen as (

    {% include "reviews/_chosen.sql" %}

),

titles as (

    select floor(log2(count(*))) as step
    from chosen
    where title_id is not null
    group by title_id

)

select
    step::integer as step,
    power(2, step)::bigint as first_count,
    (power(2, step + 1) - 1)::bigint as last_count,
    count(*) as title_count
from titles
group by all
order by step
