-- One row: a person as the dumps describe them, and the sum of their credits.

select
    people.person_id,
    people.imdb_person_id,
    people.person_name,
    people.birth_year,
    people.death_year,
    people.professions,
    people.is_inferred,
    careers.credit_count,
    careers.first_credit_year,
    careers.last_credit_year
from marts.dim_people as people
left join marts.rpt_people_careers as careers
    on
        people.person_id = careers.person_id
        and careers.person_id = $person_id
where people.person_id = $person_id
