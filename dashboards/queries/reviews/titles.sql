-- One row per title: the most reviewed, or those that divide reviewers most.

with

chosen as (

    {% include "reviews/_chosen.sql" %}

),

counted as (

    select
        title_id,
        count(*) as review_count,
        count(rating_10) as rated_count,
        avg(rating_10) as review_rating_average,
        count(*) filter (where rating_10 >= 7) as favourable_count,
        count(*) filter (where rating_10 <= 4) as unfavourable_count
    from chosen
    where title_id is not null
    group by all

),

measured as (

    select
        *,
        favourable_count / nullif(rated_count, 0) as favourable_share,
        unfavourable_count / nullif(rated_count, 0) as unfavourable_share,
        case
            when $by = 'divided' then
                least(favourable_count, unfavourable_count) / nullif(rated_count, 0)
        end as divided_share
    from counted
    where $by = 'reviewed' or rated_count >= $rated_count

),

ranked as (

    select *
    from measured
    order by divided_share desc nulls last, review_count desc, title_id
    limit $row_count

)

select
    ranked.*,
    dim_titles.primary_title,
    dim_titles.release_year,
    dim_titles.rating_average
from ranked
inner join marts.dim_titles
    on ranked.title_id = dim_titles.title_id
order by ranked.divided_share desc nulls last, ranked.review_count desc, ranked.title_id
