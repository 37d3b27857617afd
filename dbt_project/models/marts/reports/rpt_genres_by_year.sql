-- One row per genre, release year and title type.

with

titles as (

    select * from {{ ref('dim_titles') }}

),

title_genres as (

    select * from {{ ref('bridge_titles_genres') }}

),

genres as (

    select * from {{ ref('dim_genres') }}

),

genre_years as (

    select
        title_genres.genre_id,
        titles.release_year,
        titles.title_type,
        count(*) as title_count,
        count(titles.rating_average) as rated_title_count,
        sum(titles.vote_count) as vote_count,
        {{ mean_rating('titles.rating_average') }} as mean_title_rating,
        {{ rating_total('titles.rating_average', 'titles.vote_count') }}
            as rating_total,
        count(titles.runtime_minutes) as timed_title_count,
        median(titles.runtime_minutes) as median_runtime_minutes
    from title_genres
    inner join titles
        on title_genres.title_id = titles.title_id
    group by all

),

named_genre_years as (

    select
        -- keys
        genre_years.genre_id,
        genre_years.release_year,
        genre_years.title_type,

        -- attributes
        genres.genre_name,

        -- measures
        genre_years.title_count,
        genre_years.rated_title_count,
        cast(genre_years.vote_count as bigint) as vote_count,
        genre_years.mean_title_rating,
        genre_years.rating_total / nullif(genre_years.vote_count, 0)
            as mean_vote_rating,
        genre_years.timed_title_count,
        genre_years.median_runtime_minutes

    from genre_years
    inner join genres
        on genre_years.genre_id = genres.genre_id

)

select * from named_genre_years
