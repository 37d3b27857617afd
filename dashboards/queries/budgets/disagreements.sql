-- One row per title whose budgets lie furthest apart, with what each source states.

with

furthest as (

    select
        title_id,
        primary_title,
        release_year,
        budget_source,
        budget_spread_ratio
    from marts.rpt_budget_performance
    where grain = 'title' and budget_count > 1 and budget_spread_ratio > 1.01
    order by budget_spread_ratio desc, title_id
    limit $row_count

)

select
    furthest.title_id,
    furthest.primary_title,
    furthest.release_year,
    furthest.budget_source,
    furthest.budget_spread_ratio,
    list(
        {
            'source': fct_budgets.source,
            'amount': fct_budgets.amount,
            'currency_code': fct_budgets.currency_code,
            'amount_usd': fct_budgets.amount_usd
        }
        order by fct_budgets.amount_usd desc, fct_budgets.source
    ) as budgets
from furthest
inner join marts.fct_budgets
    on furthest.title_id = fct_budgets.title_id
where fct_budgets.amount_usd is not null
group by all
order by furthest.budget_spread_ratio desc, furthest.title_id
