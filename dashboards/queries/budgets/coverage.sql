-- One row per decade of release: films, and how many of them have which amount.

select
    decade,
    title_count,
    budget_title_count,
    gross_title_count,
    return_title_count,
    return_title_count / title_count as return_share
from marts.rpt_budget_performance
where grain = 'decade'
order by decade desc nulls last
