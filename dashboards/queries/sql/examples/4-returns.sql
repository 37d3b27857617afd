-- Which films earned most for each dollar they cost?
select primary_title, release_year, budget_usd, worldwide_gross_usd, return_on_budget
from marts.rpt_budget_performance
where grain = 'title' and return_on_budget is not null
order by return_on_budget desc
limit 20
