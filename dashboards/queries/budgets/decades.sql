-- One row per decade: what the titles in the middle half cost.

with

chosen as (

    select
        decade,
        case when $is_real then budget_usd_real else budget_usd end as cost
    from marts.rpt_budget_performance
    where
        grain = 'title'
        and decade is not null
        and ($genre::varchar is null or list_contains(genres, $genre))

)

select
    decade,
    count(*) as title_count,
    quantile_cont(cost, 0.25) as lower_cost,
    median(cost) as median_cost,
    quantile_cont(cost, 0.75) as upper_cost,
    count(*) < $few as is_few
from chosen
where cost is not null
group by all
order by decade
