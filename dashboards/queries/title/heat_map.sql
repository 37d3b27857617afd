-- One row per cell of a series' heat map: a season and so many (`$width`) numbers of episodes.

with

placed_episodes as (

    select
        *,
        -- From 1 on; an episode 0, as specials and pilots have, stays before it.
        floor((episode_number - 1) / $width) * $width + 1 as first_number
    from marts.rpt_series_heatmaps
    where
        series_id = $title_id
        and is_placed
        and rating_average is not null
        and episode_number between $first_number and $last_number

)

select
    season_number,
    cast(first_number as integer) as first_number,
    cast(first_number + $width - 1 as integer) as last_number,
    count(*) as rated_count,
    cast(avg(rating_average) as double) as rating_average,
    sum(vote_count) as vote_count,
    min(episode_id) as episode_id,
    min_by(episode_title, episode_id) as episode_title
from placed_episodes
group by
    season_number,
    first_number
order by
    season_number,
    first_number
