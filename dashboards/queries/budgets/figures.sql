-- One row: how much is known of the titles that were chosen, and what came of it.

with

chosen as (

    {% include "budgets/_chosen.sql" %}

)

select
    count(*) as title_count,
    count(budget_usd) as budget_count,
    count(worldwide_gross_usd) as gross_count,
    count(return_on_budget) as return_count,
    -- Without a year, or prices of that year, there are no real dollars.
    count(return_on_budget_real) as real_return_count,
    -- A list of films alone knows no genres.
    count(return_on_budget) filter (where len(genres) > 0) as genre_return_count,
    median(return_on_budget) as median_return,
    case
        when $is_real then
            sum(worldwide_gross_usd_real) filter (where return_on_budget_real is not null)
            / sum(budget_usd_real) filter (where return_on_budget_real is not null)
        else
            sum(worldwide_gross_usd) filter (where return_on_budget is not null)
            / sum(budget_usd) filter (where return_on_budget is not null)
    end as pooled_return
from chosen
