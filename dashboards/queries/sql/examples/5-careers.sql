-- Who has acted over the most years?
select
    person_name,
    first_credit_year,
    last_credit_year,
    credit_count,
    last_credit_year - first_credit_year as career_years
from marts.rpt_people_careers
where acting_credit_count > 1
order by career_years desc nulls last, credit_count desc
limit 20
