-- One row per person who is credited with this one on most works, and the best of those works.

with

-- Old pictures and recordings of somebody are no work together.
own_titles as (

    select distinct title_id
    from marts.fct_credits
    where
        person_id = $person_id
        and category not in ('archive_footage', 'archive_sound')

),

own_episodes as (

    select
        episodes.episode_id,
        episodes.series_id
    from marts.bridge_series_episodes as episodes
    semi join own_titles
        on episodes.episode_id = own_titles.title_id

),

placed_titles as (

    select
        own_titles.title_id,
        coalesce(own_episodes.series_id, own_titles.title_id) as work_id
    from own_titles
    left join own_episodes
        on own_titles.title_id = own_episodes.episode_id

),

shared_titles as (

    select
        credits.person_id,
        credits.title_id,
        credits.category,
        placed_titles.work_id
    from marts.fct_credits as credits
    inner join placed_titles
        on credits.title_id = placed_titles.title_id
    where
        credits.person_id <> $person_id
        and credits.category not in ('archive_footage', 'archive_sound')

),

-- Counted by pairs first: a distinct count over every episode of a long series costs more.
shared_works as (

    select
        person_id,
        work_id,
        count(distinct title_id) as title_count
    from shared_titles
    group by all

),

collaborators as (

    select
        person_id,
        count(*) as work_count,
        sum(title_count) as title_count
    from shared_works
    group by all
    having sum(title_count) > 1
    order by work_count desc, title_count desc, person_id asc
    limit $row_limit

),

usual_categories as (

    select
        shared_titles.person_id,
        mode(shared_titles.category) as category
    from shared_titles
    semi join collaborators
        on shared_titles.person_id = collaborators.person_id
    group by all

),

best_works as (

    select
        shared_works.person_id,
        titles.title_id as best_title_id,
        titles.primary_title as best_title,
        titles.release_year as best_year,
        titles.rating_average as best_rating
    from shared_works
    inner join marts.rpt_top_titles as titles
        on shared_works.work_id = titles.title_id
    semi join collaborators
        on shared_works.person_id = collaborators.person_id
    qualify row_number() over (
        partition by shared_works.person_id
        order by titles.weighted_rating desc, titles.title_id asc
    ) = 1

)

select
    collaborators.person_id,
    people.person_name,
    people.imdb_person_id,
    usual_categories.category,
    collaborators.work_count,
    collaborators.title_count,
    best_works.best_title_id,
    best_works.best_title,
    best_works.best_year,
    best_works.best_rating
from collaborators
left join marts.dim_people as people
    on collaborators.person_id = people.person_id
left join usual_categories
    on collaborators.person_id = usual_categories.person_id
left join best_works
    on collaborators.person_id = best_works.person_id
order by
    collaborators.work_count desc,
    collaborators.title_count desc,
    collaborators.person_id asc
