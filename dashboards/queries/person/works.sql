-- One row per work and kind of credit of one person. Episodes are one work, their series.

with

own_credits as (

    select
        title_id,
        credit_number,
        category,
        job,
        characters,
        credit_source,
        episode_count,
        first_year,
        last_year
    from marts.fct_credits
    where person_id = $person_id

),

own_titles as (

    select distinct title_id from own_credits

),

own_episodes as (

    select
        episodes.episode_id,
        episodes.series_id
    from marts.bridge_series_episodes as episodes
    semi join own_titles
        on episodes.episode_id = own_titles.title_id

),

-- One pass over the titles for both: what the person is credited on, and the series around it.
needed_titles as (

    select title_id from own_titles
    union
    select series_id from own_episodes

),

titles as (

    select
        all_titles.title_id,
        all_titles.title_type,
        all_titles.primary_title,
        all_titles.release_year,
        all_titles.rating_average,
        all_titles.vote_count
    from marts.dim_titles as all_titles
    semi join needed_titles
        on all_titles.title_id = needed_titles.title_id

),

placed_credits as (

    select
        own_credits.*,
        own_episodes.episode_id,
        titles.release_year,
        coalesce(own_episodes.series_id, own_credits.title_id) as work_id
    from own_credits
    left join own_episodes
        on own_credits.title_id = own_episodes.episode_id
    left join titles
        on own_credits.title_id = titles.title_id

),

works as (

    select
        work_id,
        category,
        count(*) as credit_count,
        -- A page counts episodes itself; of IMDb's dumps we count those that name the person.
        nullif(
            greatest(coalesce(max(episode_count), 0), count(distinct episode_id)), 0
        ) as episode_count,
        min(coalesce(first_year, release_year)) as first_year,
        max(coalesce(last_year, release_year)) as last_year,
        list_sort(list_distinct(list(release_year))) as years,
        -- The part played most often, and the job done most often.
        mode(characters) as characters,
        mode(job) as job,
        count(*) filter (where credit_source = 'page') as page_credit_count,
        count(*) filter (where credit_source = 'crew') as crew_credit_count
    from placed_credits
    group by all

)

select
    works.work_id,
    works.category,
    works.credit_count,
    works.episode_count,
    works.first_year,
    works.last_year,
    works.years,
    works.characters,
    works.job,
    works.page_credit_count,
    works.crew_credit_count,
    titles.title_type,
    titles.primary_title,
    titles.rating_average,
    titles.vote_count
from works
left join titles
    on works.work_id = titles.title_id
order by works.last_year desc nulls last, works.work_id asc, works.category asc
