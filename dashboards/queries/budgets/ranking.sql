-- One row per title with a budget and a worldwide gross, first what `$by` asks for.

with

chosen as (

    {% include "budgets/_chosen.sql" %}

),

ranked as (

    select *
    from chosen
    where
        return_on_budget is not null
        and cost is not null
        and gross is not null
        and ($by <> 'loss' or gross < cost)
    order by
        case $by
            when 'return' then return_on_budget
            when 'loss' then cost - gross
            when 'budget' then cost
            else gross
        end desc,
        title_id
    limit $row_count

),

-- What the source that counts states, before it became dollars.
stated as (

    select
        fct_budgets.title_id,
        fct_budgets.source,
        max_by(
            fct_budgets.amount,
            coalesce(fct_budgets.as_of_date, date '0001-01-01')
        ) as amount,
        max_by(
            fct_budgets.currency_code,
            coalesce(fct_budgets.as_of_date, date '0001-01-01')
        ) as currency_code,
        bool_or(fct_budgets.is_estimated) as is_estimated
    from marts.fct_budgets
    inner join ranked
        on
            fct_budgets.title_id = ranked.title_id
            and fct_budgets.source = ranked.budget_source
            and fct_budgets.currency_code = ranked.budget_currency_code
    where fct_budgets.amount_usd is not null
    group by all

)

select
    ranked.title_id,
    ranked.primary_title,
    ranked.release_year,
    ranked.cost,
    ranked.gross,
    ranked.gross - ranked.cost as difference,
    ranked.return_on_budget,
    ranked.budget_source,
    ranked.worldwide_gross_source,
    ranked.budget_count,
    ranked.budget_spread_ratio,
    stated.amount,
    stated.currency_code,
    stated.is_estimated
from ranked
left join stated
    on ranked.title_id = stated.title_id
order by
    case $by
        when 'return' then ranked.return_on_budget
        when 'loss' then ranked.cost - ranked.gross
        when 'budget' then ranked.cost
        else ranked.gross
    end desc,
    ranked.title_id
