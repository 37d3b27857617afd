-- One row per title whose rating or votes moved on the newest day on which any did.

with

rated_days as (

    select * from {{ ref('fct_title_ratings_daily') }}

),

titles as (

    select * from {{ ref('dim_titles') }}

),

newest_days as (

    select max(rating_date) as rating_date
    from rated_days

),

moved_days as (

    select rated_days.*
    from rated_days
    inner join newest_days
        on rated_days.rating_date = newest_days.rating_date
    where rated_days.new_vote_count is not null

),

previous_days as (

    select
        rated_days.title_id,
        max(rated_days.rating_date) as previous_rating_date,
        max_by(rated_days.rating_average, rated_days.rating_date)
            as previous_rating_average,
        max_by(rated_days.vote_count, rated_days.rating_date) as previous_vote_count
    from rated_days
    inner join moved_days
        on
            rated_days.title_id = moved_days.title_id
            and rated_days.rating_date < moved_days.rating_date
    group by all

),

moves as (

    select
        moved_days.title_id,
        moved_days.rating_date,
        previous_days.previous_rating_date,
        titles.imdb_title_id,
        titles.title_type,
        titles.primary_title,
        titles.release_year,
        moved_days.rating_average,
        previous_days.previous_rating_average,
        moved_days.vote_count,
        previous_days.previous_vote_count,
        moved_days.new_vote_count,
        moved_days.rating_average - previous_days.previous_rating_average
            as rating_change,
        {{ weighted_rating('moved_days.rating_average', 'moved_days.vote_count') }}
        - {{ weighted_rating(
            'previous_days.previous_rating_average', 'previous_days.previous_vote_count'
        ) }} as weighted_rating_change
    from moved_days
    inner join previous_days
        on moved_days.title_id = previous_days.title_id
    inner join titles
        on moved_days.title_id = titles.title_id

),

movers as (

    select
        -- keys
        title_id,

        -- attributes
        imdb_title_id,
        title_type,
        primary_title,
        release_year,
        rating_date,
        previous_rating_date,

        -- measures
        rating_average,
        previous_rating_average,
        cast(rating_change as decimal(3, 1)) as rating_change,
        weighted_rating_change,
        vote_count,
        previous_vote_count,
        new_vote_count,
        cast(rank() over by_rating as integer) as rating_rank,
        cast(rank() over by_votes as integer) as votes_rank

    from moves
    window
        by_rating as (order by abs(weighted_rating_change) desc nulls last),
        by_votes as (order by new_vote_count desc nulls last)

)

select * from movers
