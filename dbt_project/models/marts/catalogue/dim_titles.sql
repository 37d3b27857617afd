-- One row per title that a dump or a page describes or any row names.

with

titles as (

    select * from {{ ref('int_titles_completed') }}

),

ratings as (

    select * from {{ ref('stg_imdb__ratings') }}

),

title_changes as (

    select * from {{ ref('stg_imdb__title_changes') }}

),

page_titles as (

    select * from {{ ref('int_page_titles_described') }}

),

first_appearances as (

    select
        title_id,
        min(snapshot_at) as first_seen_at
    from title_changes
    where change = 'added'
    group by all

),

completed_titles as (

    select
        -- keys
        titles.title_id,
        titles.imdb_title_id,

        -- attributes
        titles.title_type,
        titles.primary_title,
        titles.original_title,
        titles.is_adult,
        titles.release_year,
        titles.end_year,
        titles.runtime_minutes,
        titles.genres,
        page_titles.certificate,
        page_titles.countries,
        page_titles.languages,

        -- measures
        -- A page rates only a title of its own: IMDb's dumps rate all others.
        coalesce(ratings.rating_average, titles.rating_average) as rating_average,
        coalesce(ratings.vote_count, titles.vote_count) as vote_count,
        {{ weighted_rating(
            'coalesce(ratings.rating_average, titles.rating_average)',
            'coalesce(ratings.vote_count, titles.vote_count)'
        ) }} as weighted_rating,

        -- lineage
        first_appearances.first_seen_at,
        titles.is_inferred,
        titles.identity_source

    from titles
    left join ratings
        on titles.title_id = ratings.title_id
    left join first_appearances
        on titles.title_id = first_appearances.title_id
    left join page_titles
        on titles.title_id = page_titles.title_id

)

select * from completed_titles
