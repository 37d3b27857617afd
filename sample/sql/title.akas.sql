-- One row per name of a title: the original first, then the names abroad.
with

named as (

    select
        tconst,
        place,
        primary_title,
        primary_title like 'Episode #%' as is_numbered,
        unnest(range(name_count)) as slot
    from named_titles
    where place >= getvariable('slice_start') and place < getvariable('slice_end')

),

placed as (

    select
        *,
        draw(place, slot) as drawn,
        -- a stride, so that the names of a title are spread over the shuffled markets
        1 + ((draw(place, 'market') + slot * 7) % len(getvariable('regions')))::integer as market
    from named

),

spoken as (

    select
        *,
        getvariable('region_tongues')[market] as tongue
    from placed

)

select
    tconst as titleId,
    slot + 1 as ordering,
    case
        when slot = 0 then primary_title
        when is_numbered
            then getvariable('episode_words')[1 + tongue]
                || substr(primary_title, 8)
        when drawn % 100 < 38 or tongue = 0 then primary_title
        else foreign_text(tongue, draw(place, tongue))
    end as title,
    case when slot > 0 then getvariable('regions')[market] end as region,
    case
        when slot = 0 or drawn % 1000 < 135 then null
        when drawn % 1000 < 160 then pick('languages', drawn >> 12)
        else getvariable('region_languages')[market]
    end as language,
    case
        when slot = 0 then 'original'
        when drawn % 200 < 176 then 'imdbDisplay'
        when drawn % 200 < 192 then null
        when drawn % 200 < 194 then 'imdbDisplay' || chr(2) || 'tv'
        else ['alternative', 'working', 'dvd', 'festival', 'tv', 'video'][1 + (drawn % 6)::integer]
    end as types,
    case
        when slot > 0 and drawn % 210 < 3
            then ['informal title', 'transliterated title', 'literal English title',
                'reissue title' || chr(2) || 'short title', 'complete title', 'first season title'
            ][1 + ((drawn >> 20) % 6)::integer]
    end as attributes,
    (slot = 0)::integer as isOriginalTitle
from spoken
