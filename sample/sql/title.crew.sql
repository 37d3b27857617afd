-- One row per title, also for the few that title.basics lacks.
with

counted as (

    select
        *,
        case
            when draw(place, 'directors') % 100 < 41 then 0
            when draw(place, 'directors') % 100 < 90 then 1
            when draw(place, 'directors') % 100 < 97 then 2
            else 3 + (draw(place, 'directors') % 6)::bigint
        end as director_count,
        case
            when draw(place, 'writers') % 100 < 47 then 0
            when draw(place, 'writers') % 100 < 75 then 1
            when draw(place, 'writers') % 100 < 90 then 2
            -- the writers of a serial are more than principals could ever list
            when draw(place, 'writers') % 20000 = 99 then 80 + (draw(place, 'room') % 1300)::bigint
            else 3 + (draw(place, 'writers') % 7)::bigint
        end as writer_count,
        cast_key(work, place, part, 'director') as director_key,
        cast_key(work, place, part, 'writer') as writer_key
    from present_titles
    where place >= getvariable('slice_start') and place < getvariable('slice_end')

),

credited_people as (

    select
        tconst,
        list_transform(
            range(director_count),
            lambda nth : credited(director_key, work, 'director', nth, 10, 1)
        ) as directors,
        list_transform(
            range(writer_count),
            lambda nth : credited(writer_key, work, 'writer', nth, 11, 2)
        ) as writers
    from counted

)

select
    tconst,
    nullif(array_to_string(list_transform(directors, lambda person : nconst(person)), ','), '')
        as directors,
    nullif(array_to_string(list_transform(writers, lambda person : nconst(person)), ','), '')
        as writers
from credited_people
