-- One row: the genres and the decades of titles with a budget or a gross.

select
    list(distinct genre_name order by genre_name) filter (where grain = 'genre')
        as genres,
    list(distinct decade order by decade desc) filter (where grain = 'title') as decades
from marts.rpt_budget_performance
where
    grain in ('genre', 'title')
    and (budget_title_count > 0 or gross_title_count > 0 or grain = 'title')
