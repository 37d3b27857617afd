-- One row per title that a dump describes or any row names.

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
        cast(null as string) as certificate,
        cast(null as {{ text_list_type() }}) as countries,
        cast(null as {{ text_list_type() }}) as languages,

        -- measures
        ratings.rating_average,
        ratings.vote_count,
        {{ weighted_rating('ratings.rating_average', 'ratings.vote_count') }}
            as weighted_rating,

        -- lineage
        first_appearances.first_seen_at,
        titles.is_inferred,
        'imdb' as identity_source

    from titles
    left join ratings
        on titles.title_id = ratings.title_id
    left join first_appearances
        on titles.title_id = first_appearances.title_id

)

select * from completed_titles
