-- One row per title that a dump describes or any row names. A view: only dim_titles
-- reads all of it.

{{ config(materialized='view') }}

with

titles as (

    select * from {{ ref('stg_imdb__titles') }}

),

undescribed_titles as (

    select * from {{ ref('int_titles_undescribed') }}

),

completed_titles as (

    select
        title_id,
        imdb_title_id,
        title_type,
        primary_title,
        original_title,
        release_year,
        end_year,
        genres,
        runtime_minutes,
        is_adult,
        null as rating_average,
        null as vote_count,
        false as is_inferred,
        'imdb' as identity_source
    from titles

    union all

    select
        title_id,
        imdb_title_id,
        title_type,
        primary_title,
        original_title,
        release_year,
        end_year,
        genres,
        runtime_minutes,
        null as is_adult,
        rating_average,
        vote_count,
        is_inferred,
        identity_source
    from undescribed_titles

)

select * from completed_titles
