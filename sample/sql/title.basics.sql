-- One row per title that exists tonight.
select
    tconst,
    case
        when is_renamed and draw(place, 'retyped') % 8 = 0 and title_type = 'movie' then 'tvMovie'
        else title_type
    end as titleType,
    primary_title as primaryTitle,
    case
        when not is_episode and draw(work, 'foreign') % 100 < 12
            then foreign_text((draw(work, 'tongue') % 11)::integer, draw(work, 'original'))
        else primary_title
    end as originalTitle,
    is_adult::integer as isAdult,
    start_year as startYear,
    case
        when title_type in ('tvSeries', 'tvMiniSeries') and draw(work, 'over') % 100 < 45
            and start_year + season_count - 1 < 2026
            then start_year + season_count - 1
    end as endYear,
    case
        when draw(place, 'unmeasured') % 1000 < if(is_episode, 713, 400) then null
        when draw(place, 'installation') % 500000 = 9 then 14400 + draw(place, 'days') % 40000
        when title_type in ('short', 'tvShort') then 1 + draw(place, 'minutes') % 40
        when is_episode or title_type in ('tvSeries', 'tvMiniSeries')
            then [22, 24, 30, 30, 42, 44, 45, 50, 60, 60, 90][1 + (draw(work, 'slot') % 11)::integer]
                + if(is_episode, draw(place, 'minutes') % 4, 0)
        else 62 + draw(place, 'minutes') % 40 + draw(place, 'more minutes') % 35
    end as runtimeMinutes,
    case
        when draw(place, 'unclassed') % 1000 < 43 then null
        when is_adult then pick('adult_genres', draw(work, 'genres'))
        when title_type = 'short' then pick('short_genres', draw(work, 'genres'))
        when is_factual then pick('factual_genres', draw(work, 'genres'))
        else pick('fiction_genres', draw(work, 'genres'))
    end as genres
from named_titles
where place >= getvariable('slice_start') and place < getvariable('slice_end')
