-- One row per title that a captured page says its viewers also liked.

with

also_liked as (

    select * from {{ source('pages', 'also_liked') }}

),

liked_titles as (

    select
        -- keys
        capture_id,
        liked_order,
        imdb_title_id as claimed_title_id,

        -- attributes
        title,
        title_type,
        release_year,
        genres,
        outline,
        directors,
        stars,
        liked_text,

        -- measures
        rating_average

    from also_liked

)

select * from liked_titles
