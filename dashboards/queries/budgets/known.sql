-- One row: films that the warehouse knows, and how many of them have which amount.

with

films as (

    select
        sum(title_count) as film_count,
        sum(budget_title_count) as budget_count,
        sum(gross_title_count) as gross_count,
        sum(return_title_count) as return_count
    from marts.rpt_budget_performance
    where grain = 'decade'

),

amounts as (

    select max(real_year) as real_year
    from marts.fct_budgets

)

select
    coalesce(films.film_count, 0)::bigint as film_count,
    coalesce(films.budget_count, 0)::bigint as budget_count,
    coalesce(films.gross_count, 0)::bigint as gross_count,
    coalesce(films.return_count, 0)::bigint as return_count,
    amounts.real_year
from films
cross join amounts
