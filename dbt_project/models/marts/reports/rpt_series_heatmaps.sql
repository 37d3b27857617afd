-- One row per episode of a series that has at least one rated episode.

with

series_episodes as (

    select * from {{ ref('bridge_series_episodes') }}

),

titles as (

    select * from {{ ref('dim_titles') }}

),

rated_series as (

    select series_episodes.series_id
    from series_episodes
    inner join titles
        on series_episodes.episode_id = titles.title_id
    where titles.rating_average is not null
    group by all

),

episodes as (

    select
        series_episodes.*,
        titles.primary_title as episode_title,
        titles.release_year,
        titles.rating_average,
        titles.vote_count
    from series_episodes
    semi join rated_series
        on series_episodes.series_id = rated_series.series_id
    inner join titles
        on series_episodes.episode_id = titles.title_id

),

seasons as (

    select
        series_id,
        season_number,
        {{ mean_rating('rating_average') }} as season_mean_rating,
        count(*) as season_episode_count
    from episodes
    group by all

),

heatmap_cells as (

    select
        -- keys
        episodes.episode_id,
        episodes.series_id,

        -- attributes
        series_titles.primary_title as series_title,
        episodes.season_number,
        episodes.episode_number,
        episodes.episode_title,
        episodes.release_year,

        -- measures
        episodes.rating_average,
        episodes.vote_count,
        seasons.season_mean_rating,
        seasons.season_episode_count,

        -- flags
        episodes.season_number is not null
        and episodes.episode_number is not null as is_placed

    from episodes
    inner join titles as series_titles
        on episodes.series_id = series_titles.title_id
    -- IMDb leaves the season of many episodes open; those form one season of their own.
    inner join seasons
        on
            episodes.series_id = seasons.series_id
            and episodes.season_number is not distinct from seasons.season_number

)

select * from heatmap_cells
