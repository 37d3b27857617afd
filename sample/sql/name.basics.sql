-- One row per person: twenty a troupe, the last of them the newcomer who may not be here yet.
with

seats as (

    select
        *,
        unnest(range(20)) as seat
    from troupes
    where troupe >= getvariable('slice_start') and troupe < getvariable('slice_end')

),

people as (

    select
        *,
        troupe * 20 + seat as place,
        draw(troupe * 20 + seat, 'known') as known,
        1 + troupe * getvariable('newcomers') // getvariable('troupes') * 37 % getvariable('nights')
            as appears_on
    from seats
    where seat < 19
        or (troupe + 1) * getvariable('newcomers') // getvariable('troupes')
            = troupe * getvariable('newcomers') // getvariable('troupes')
        or 1 + troupe * getvariable('newcomers') // getvariable('troupes') * 37
            % getvariable('nights') <= getvariable('night')

)

select
    nconst(place) as nconst,
    person_name(place) as primaryName,
    case
        when draw(place, 'born') % 1000 < 44
            then 2004 - floor(110 * unit(draw(place, 'age')) * sqrt(unit(draw(place, 'age'))))
    end::integer as birthYear,
    case
        when draw(place, 'born') % 1000 < 44 and draw(place, 'died') % 100 < 30
            and 2004 - floor(110 * unit(draw(place, 'age')) * sqrt(unit(draw(place, 'age')))) < 1960
            then 1985 + draw(place, 'dies') % 41
        when draw(place, 'died') % 1000 = 1 then 1950 + draw(place, 'dies') % 76
    end::integer as deathYear,
    professions(place, seat) as primaryProfession,
    case
        when known % 100 < 11 then null
        else nullif(concat_ws(',',
            case when known % 5 < 4 then first_title end,
            case when (known >> 8) % 5 < 3 then second_title end,
            case when (known >> 16) % 5 < 3 then third_title end,
            case when (known >> 24) % 5 < 2 then fourth_title end
        ), '')
    end as knownForTitles
from people
