-- One row per title and UTC day on which its rating ended otherwise than it began.

with

rating_changes as (

    select * from {{ ref('stg_imdb__rating_changes') }}

),

-- Names of snapshots sort by their sequence, which holds where a clock jumps.
ordered_changes as (

    select
        *,
        row_number() over title_day as place_from_the_last
    from rating_changes
    window title_day as (
        partition by title_id, rating_date order by snapshot desc nulls last
    )

),

beside_the_day_before as (

    select
        *,
        lag(rating_average) over title_history as previous_rating_average,
        lag(vote_count) over title_history as previous_vote_count
    from ordered_changes
    where place_from_the_last = 1
    window title_history as (
        partition by title_id order by rating_date asc nulls last
    )

),

settled_days as (

    select
        -- keys
        title_id,
        rating_date,

        -- measures
        rating_average,
        vote_count,
        vote_count - previous_vote_count as new_vote_count

    from beside_the_day_before
    where
        rating_average is distinct from previous_rating_average
        or vote_count is distinct from previous_vote_count

)

select * from settled_days
