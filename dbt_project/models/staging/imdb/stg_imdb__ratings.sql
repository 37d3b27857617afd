-- One row per title that has a rating in the pinned snapshot.

with

title_ratings as (

    select * from {{ source('imdb', 'title_ratings') }}

),

ratings as (

    select
        -- keys
        tconst as title_id,

        -- measures
        averagerating as rating_average,
        numvotes as vote_count

    from title_ratings

)

select * from ratings
