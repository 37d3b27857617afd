-- One row per title with a budget and a worldwide gross, the largest amounts first.

with

chosen as (

    {% include "budgets/_chosen.sql" %}

)

select
    title_id,
    coalesce(primary_title, 'Title ' || title_id) as primary_title,
    release_year,
    budget_usd,
    budget_usd_real,
    worldwide_gross_usd,
    worldwide_gross_usd_real,
    return_on_budget,
    cost,
    gross,
    -- Our own page, as links.title names it.
    'title?id=' || title_id as address,
    case
        when return_on_budget >= 1 then 'Earned its cost'
        else 'Earned less'
    end as outcome
from chosen
where return_on_budget is not null and cost is not null and gross is not null
order by greatest(cost, gross) desc, title_id
limit $point_count
