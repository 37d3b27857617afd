-- One row per episode, with the series it belongs to.

with

episodes as (

    select * from {{ ref('stg_imdb__episodes') }}

),

series_episodes as (

    select
        -- keys
        episode_id,
        series_id,

        -- attributes
        season_number,
        episode_number

    from episodes

)

select * from series_episodes
