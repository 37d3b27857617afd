-- One row per season of a series; the last may be of episodes whose season nobody states.

select
    season_number,
    count(*) as episode_count,
    count(rating_average) as rated_count,
    count(rating_average) filter (where is_placed) as placed_count,
    max(season_mean_rating) as season_mean_rating,
    min(episode_number) as first_number,
    max(episode_number) as last_number
from marts.rpt_series_heatmaps
where series_id = $title_id
group by season_number
order by season_number nulls last
