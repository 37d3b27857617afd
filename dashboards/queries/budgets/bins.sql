-- One row per box of cost and gross, an eighth of a power of ten wide and a quarter high, of
-- the titles that are not drawn one by one.

with

chosen as (

    select
        case when $is_real then budget_usd_real else budget_usd end as cost,
        case when $is_real then worldwide_gross_usd_real else worldwide_gross_usd end
            as gross,
        title_id
    from marts.rpt_budget_performance
    where
        grain = 'title'
        and return_on_budget is not null
        and ($genre::varchar is null or list_contains(genres, $genre))
        and ($decade::smallint is null or decade = $decade)
        and contains(
            lower(strip_accents(coalesce(primary_title, ''))),
            lower(strip_accents($words))
        )

),

rest as (

    select
        floor(log10(cost) * 8) as cost_step,
        floor(log10(gross) * 4) as gross_step
    from chosen
    where cost is not null and gross is not null
    order by greatest(cost, gross) desc, title_id
    offset $point_count

)

select
    power(10, cost_step / 8) as cost,
    power(10, (cost_step + 1) / 8) as cost_end,
    power(10, gross_step / 4) as gross,
    power(10, (gross_step + 1) / 4) as gross_end,
    count(*) as title_count
from rest
group by all
