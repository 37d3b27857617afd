-- One row per step of how far the budgets of a title lie apart, where several state one.

with

steps as (

    select
        case
            when budget_spread_ratio <= 1.01 then 1
            when budget_spread_ratio <= 1.1 then 2
            when budget_spread_ratio <= 2 then 3
            when budget_spread_ratio <= 10 then 4
            else 5
        end as step
    from marts.rpt_budget_performance
    where grain = 'title' and budget_count > 1

)

select
    step,
    count(*) as title_count,
    count(*) / sum(count(*)) over () as title_share
from steps
group by all
order by step
