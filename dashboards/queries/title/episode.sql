-- One row: the series that an episode is of, and the episodes before and after it.

with

own_series as (

    select series_id
    from marts.bridge_series_episodes
    where episode_id = $title_id

),

neighbours as (

    select
        episode_id,
        series_id,
        season_number,
        episode_number,
        lag(episode_id) over running_order as previous_id,
        lead(episode_id) over running_order as next_id
    from marts.bridge_series_episodes
    where series_id = (select own_series.series_id from own_series)
    window
        running_order as (
            order by
                season_number nulls last,
                episode_number nulls last,
                episode_id
        )

),

own_places as (

    select * from neighbours
    where episode_id = $title_id

)

select
    own_places.*,
    series.primary_title as series_title,
    previous_titles.primary_title as previous_title,
    next_titles.primary_title as next_title
from own_places
left join marts.dim_titles as series
    on own_places.series_id = series.title_id
left join marts.dim_titles as previous_titles
    on own_places.previous_id = previous_titles.title_id
left join marts.dim_titles as next_titles
    on own_places.next_id = next_titles.title_id
