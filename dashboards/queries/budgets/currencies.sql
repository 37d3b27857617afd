-- One row per currency in which sources state budgets: how many, and how many in dollars.

select
    currency_code,
    count(*) as budget_count,
    count(*) filter (where amount is null) as unknown_count,
    count(amount_usd) as usd_count,
    count(*) filter (where fx_basis = 'no_rate') as no_rate_count,
    count(*) filter (where fx_basis = 'no_release_year') as no_year_count,
    sum(count(*)) over () as all_count,
    count(*) over () as currency_count
from marts.fct_budgets
group by all
order by budget_count desc, currency_code
limit $row_count
