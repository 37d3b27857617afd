-- One row per episode. A few belong to series that nobody knows.
select
    tconst,
    case
        when draw(place, 'parent') % getvariable('orphan_odds') = 0
            then 'tt' || digits(9900000 + (draw(place, 'nobody') % 100000)::bigint)
        else tconst(place - part)
    end as parentTconst,
    season_number as seasonNumber,
    episode_number as episodeNumber
from present_titles
where is_episode and place >= getvariable('slice_start') and place < getvariable('slice_end')
