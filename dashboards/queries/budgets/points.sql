-- One row per title with a budget and a worldwide gross, the largest amounts first.

with

chosen as (

    select
        title_id,
        coalesce(primary_title, 'Title ' || title_id) as primary_title,
        release_year,
        budget_usd,
        budget_usd_real,
        worldwide_gross_usd,
        worldwide_gross_usd_real,
        return_on_budget,
        case when $is_real then budget_usd_real else budget_usd end as cost,
        case when $is_real then worldwide_gross_usd_real else worldwide_gross_usd end
            as gross
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

)

select
    *,
    -- Our own page, as links.title names it.
    'title?id=' || title_id as address,
    case
        when return_on_budget >= 1 then 'Earned its cost'
        else 'Earned less'
    end as outcome
from chosen
where cost is not null and gross is not null
order by greatest(cost, gross) desc, title_id
limit $point_count
