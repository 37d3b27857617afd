-- One row per episode of a season, a page of at most 50.

select
    episode_id,
    episode_title,
    season_number,
    episode_number,
    release_year,
    rating_average,
    vote_count
from marts.rpt_series_heatmaps
where
    series_id = $title_id
    and season_number is not distinct from $season_number
order by
    episode_number nulls last,
    episode_id
limit 50
offset $episode_offset
