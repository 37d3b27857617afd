-- The title of an IMDb id, and the series of an episode.
select
    titles.title_id,
    null as person_id,
    titles.primary_title as shown_name,
    titles.title_type,
    titles.release_year as shown_year,
    titles.vote_count,
    cast(titles.rating_average as double) as rating_average,
    series.primary_title as known_for
from marts.dim_titles as titles
left join marts.bridge_series_episodes as series_episodes
    on titles.title_id = series_episodes.episode_id
left join marts.dim_titles as series
    on series_episodes.series_id = series.title_id
where titles.title_id = $number
