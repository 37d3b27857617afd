-- One row per title that a dump describes or any row names. A view: dim_titles alone
-- reads it.

{{ config(materialized='view') }}

with

titles as (

    select * from {{ ref('stg_imdb__titles') }}

),

orphans as (

    select * from {{ ref('int_orphans_found') }}

),

title_changes as (

    select * from {{ ref('stg_imdb__title_changes') }}

),

inferred_titles as (

    select member_id as title_id
    from orphans
    where member_kind = 'title'
    group by all

),

-- What a title was called when IMDb dropped it is the best name it has.
dropped_titles as (

    select
        title_id,
        max_by(previous_title_type, snapshot) as title_type,
        max_by(previous_primary_title, snapshot) as primary_title
    from title_changes
    where change = 'gone'
    group by all

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
        false as is_inferred
    from titles

    union all

    select
        inferred_titles.title_id,
        {{ imdb_id('tt', 'inferred_titles.title_id') }} as imdb_title_id,
        dropped_titles.title_type,
        dropped_titles.primary_title,
        null as original_title,
        null as release_year,
        null as end_year,
        null as genres,
        null as runtime_minutes,
        null as is_adult,
        true as is_inferred
    from inferred_titles
    left join dropped_titles
        on inferred_titles.title_id = dropped_titles.title_id

)

select * from completed_titles
