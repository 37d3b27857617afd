-- One row per credit of a title.

select
    credits.person_id,
    people.person_name,
    credits.category,
    credits.job,
    credits.characters,
    credits.episode_count,
    credits.first_year,
    credits.last_year
from marts.fct_credits as credits
left join marts.dim_people as people
    on credits.person_id = people.person_id
where credits.title_id = $title_id
order by credits.credit_number
