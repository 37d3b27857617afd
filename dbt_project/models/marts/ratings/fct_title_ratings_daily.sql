-- One row per title and UTC day on which its rating ended otherwise than it began.

with

settled_ratings as (

    select * from {{ ref('int_title_ratings_settled') }}

),

rated_days as (

    select
        -- keys
        title_id,
        rating_date,

        -- measures
        rating_average,
        vote_count,
        new_vote_count

    from settled_ratings

)

select * from rated_days
