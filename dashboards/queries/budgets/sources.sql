-- One row per source: what it states, and for how many titles it is the one that counts.

with

budgets as (

    select
        source,
        count(*) as budget_count,
        count(amount) as known_count,
        count(amount_usd) as usd_count
    from marts.fct_budgets
    group by all

),

grosses as (

    select
        source,
        count(amount_usd) filter (where area = 'worldwide') as worldwide_count,
        count(amount_usd) filter (where area = 'domestic') as domestic_count,
        count(amount_usd) filter (where area = 'unspecified') as unspecified_count,
        count(amount_usd)
            filter (where area not in ('worldwide', 'domestic', 'unspecified'))
            as country_count
    from marts.fct_box_office
    group by all

),

counted as (

    select
        budget_source as source,
        count(*) as counted_count
    from marts.rpt_budget_performance
    where grain = 'title'
    group by all

)

select
    coalesce(budgets.source, grosses.source) as source,
    coalesce(budgets.budget_count, 0) as budget_count,
    coalesce(budgets.known_count, 0) as known_count,
    coalesce(budgets.usd_count, 0) as usd_count,
    coalesce(counted.counted_count, 0) as counted_count,
    coalesce(grosses.worldwide_count, 0) as worldwide_count,
    coalesce(grosses.domestic_count, 0) as domestic_count,
    coalesce(grosses.unspecified_count, 0) as unspecified_count,
    coalesce(grosses.country_count, 0) as country_count
from budgets
full join grosses
    on budgets.source = grosses.source
left join counted
    on coalesce(budgets.source, grosses.source) = counted.source
-- The order of trust.
order by
    case coalesce(budgets.source, grosses.source)
        when 'the_numbers' then 1
        when 'page' then 2
        when 'wikidata' then 3
        when 'tmdb' then 4
    end nulls last
