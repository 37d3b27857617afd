-- One row per release year and title type.

with

titles as (

    select * from {{ ref('dim_titles') }}

),

title_years as (

    select
        release_year,
        title_type,
        count(*) as title_count,
        count(genres) as genre_title_count,
        count(rating_average) as rated_title_count,
        sum(vote_count) as vote_count,
        {{ mean_rating('rating_average') }} as mean_title_rating,
        {{ rating_total('rating_average', 'vote_count') }} as rating_total,
        count(runtime_minutes) as timed_title_count,
        median(runtime_minutes) as median_runtime_minutes
    from titles
    group by all

),

measured_title_years as (

    select
        -- keys
        release_year,
        title_type,

        -- measures
        title_count,
        genre_title_count,
        rated_title_count,
        cast(vote_count as bigint) as vote_count,
        mean_title_rating,
        rating_total / nullif(vote_count, 0) as mean_vote_rating,
        timed_title_count,
        median_runtime_minutes

    from title_years

)

select * from measured_title_years
