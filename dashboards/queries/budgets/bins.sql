-- One row per box of cost and gross, an eighth of a power of ten wide and a quarter high, of
-- the titles that are not drawn one by one.

with

chosen as (

    {% include "budgets/_chosen.sql" %}

),

rest as (

    select
        floor(log10(cost) * 8) as cost_step,
        floor(log10(gross) * 4) as gross_step
    from chosen
    where return_on_budget is not null and cost is not null and gross is not null
    order by greatest(cost, gross) desc, title_id
    offset $point_count

)

select
    power(10, cost_step / 8) as cost,
    power(10, (cost_step + 1) / 8) as cost_end,
    power(10, gross_step / 4) as gross,
    power(10, (gross_step + 1) / 4) as gross_end,
    count(*) as title_count
from rest
group by all
