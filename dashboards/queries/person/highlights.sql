-- One row per title a person is known for, or that is their best rated or most voted one.

with

reasons as (

    select
        title_id,
        true as is_known_for,
        false as is_best,
        false as is_best_known
    from marts.bridge_people_known_titles
    where person_id = $person_id
    union all
    select
        best_title_id,
        false,
        true,
        false
    from marts.rpt_people_careers
    where person_id = $person_id and best_title_id is not null
    union all
    select
        best_known_title_id,
        false,
        false,
        true
    from marts.rpt_people_careers
    where person_id = $person_id and best_known_title_id is not null

),

highlights as (

    select
        title_id,
        bool_or(is_known_for) as is_known_for,
        bool_or(is_best) as is_best,
        bool_or(is_best_known) as is_best_known
    from reasons
    group by all

)

select
    highlights.title_id,
    highlights.is_known_for,
    highlights.is_best,
    highlights.is_best_known,
    titles.title_type,
    titles.primary_title,
    titles.release_year,
    titles.end_year,
    titles.genres,
    titles.rating_average,
    titles.vote_count,
    series.primary_title as series_title
from highlights
inner join marts.dim_titles as titles
    on highlights.title_id = titles.title_id
left join marts.bridge_series_episodes as episodes
    on highlights.title_id = episodes.episode_id
left join marts.dim_titles as series
    on episodes.series_id = series.title_id
order by
    highlights.is_best desc,
    highlights.is_best_known desc,
    titles.vote_count desc nulls last,
    highlights.title_id asc
limit 20
