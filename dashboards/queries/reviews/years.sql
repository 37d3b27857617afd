-- One row per year and source: the reviews that state their day.

with

chosen as (

    {% include "reviews/_chosen.sql" %}

)

select
    year(review_date) as review_year,
    source,
    count(*) as review_count
from chosen
where review_date is not null
group by all
order by review_year, source
