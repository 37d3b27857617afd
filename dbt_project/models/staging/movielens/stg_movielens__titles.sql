-- One row per title that a source of user ratings lists.

with

titles as (

    select * from {{ source('movielens', 'titles') }}

),

source_titles as (

    select
        -- keys
        source,
        source_title_id,

        -- attributes
        title,
        release_year,
        genres

    from titles

)

select * from source_titles
