-- One row per episode, with the series it belongs to.

with

title_episode as (

    select * from {{ source('imdb', 'title_episode') }}

),

episodes as (

    select
        -- keys
        tconst as episode_id,
        parenttconst as series_id,

        -- attributes
        seasonnumber as season_number,
        episodenumber as episode_number

    from title_episode

)

select * from episodes
