-- The person of an IMDb id, and the title with most votes that they are known for.
with

known_titles as (
    select
        titles.primary_title,
        titles.vote_count
    from marts.bridge_people_known_titles as known
    inner join marts.dim_titles as titles
        on known.title_id = titles.title_id
    where known.person_id = $number
    order by titles.vote_count desc nulls last, titles.title_id asc
    limit 1
)

select
    null as title_id,
    people.person_id,
    people.person_name as shown_name,
    null as title_type,
    people.birth_year as shown_year,
    known_titles.vote_count,
    null as rating_average,
    known_titles.primary_title as known_for
from marts.dim_people as people
left join known_titles on true
where people.person_id = $number
