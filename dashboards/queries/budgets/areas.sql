-- One row per widest area for which the gross of a title is known.

select
    widest_gross_area as area,
    count(*) as title_count,
    count(budget_usd) as budget_count
from marts.rpt_budget_performance
where grain = 'title'
group by widest_gross_area
order by
    case widest_gross_area
        when 'worldwide' then 1
        when 'unspecified' then 2
        when 'domestic' then 3
        else 4
    end
