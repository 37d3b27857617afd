-- One row per title of a source with the ids that other publishers give it.

with

links as (

    select * from {{ source('movielens', 'links') }}

),

title_links as (

    select
        -- keys
        source,
        source_title_id,

        -- attributes
        imdb_title_id as claimed_title_id,
        tmdb_id

    from links

)

select * from title_links
