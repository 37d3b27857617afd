-- One row per credit: the cast, then the crew in the order of the titles at the end of a film.
with

counted as (

    select
        *,
        credit_count + coalesce(late_credit_on <= getvariable('night'), false)::integer as rows,
        (credit_count * 54 + 60) // 100 as cast_count
    from present_titles
    where place >= getvariable('slice_start') and place < getvariable('slice_end')

),

slots as (

    select
        tconst,
        place,
        work,
        part,
        is_factual,
        cast_count,
        appears_on is not null as is_new,
        unnest(range(rows)) as slot
    from counted
    where rows > 0

),

parted as (

    select
        *,
        slot < cast_count as is_cast,
        1 + (slot - cast_count + (work * 16807 % 4) * 24)::integer as line,
        draw(place, slot) as drawn
    from slots

),

cast_or_crew as (

    select
        *,
        case
            when is_cast and drawn % 250 = 0 then 'archive_footage'
            when is_cast and drawn % 4000 = 1 then 'archive_sound'
            when is_cast and is_factual then 'self'
            when is_cast and draw(work, slot) % 100 < 57 then 'actor'
            when is_cast then 'actress'
            when slot - cast_count >= 24 then 'producer'
            else getvariable('crew_plan')[line]
        end as category,
        case
            when is_cast or slot - cast_count >= 24 then slot
            else getvariable('crew_turns')[line]
        end as nth
    from parted

),

keyed as (

    select
        *,
        cast_key(work, place, part, if(is_cast, slot::varchar, category)) as key,
        case
            when is_new and is_cast and drawn % 3 = 0 then 'newcomer'
            else category
        end as seat,
        case seat
            when 'actor' then 0 when 'actress' then 6 when 'self' then 0
            when 'archive_footage' then 0 when 'archive_sound' then 0
            when 'director' then 10 when 'writer' then 11 when 'producer' then 13
            when 'composer' then 15 when 'cinematographer' then 16 when 'editor' then 17
            when 'newcomer' then 19
            else 18
        end as first_seat,
        case seat
            when 'actor' then 6 when 'actress' then 4 when 'self' then 10
            when 'archive_footage' then 10 when 'archive_sound' then 10
            when 'writer' then 2 when 'producer' then 2
            else 1
        end as seats
    from cast_or_crew

),

filled as (

    select
        *,
        credited(key, work, if(is_cast, 'cast', category), nth, first_seat, seats) as person,
        draw(key, slot) as part_drawn
    from keyed

)

select
    tconst,
    slot + 1 as ordering,
    case
        when drawn % getvariable('orphan_odds') = 11
            then 'nm' || digits(9900000 + (draw(place, 'stranger') % 100000)::bigint)
        else nconst(person)
    end as nconst,
    category,
    case
        when is_cast then null
        when drawn % 6000 = 7
            then 'adviser for ' || repeat('the ' || lower(pick('nouns', drawn >> 8)) || ' scenes and ', 12)
                || 'the rest'
        when category = 'writer' and drawn % 100 < 66
            then pick('writer_jobs', drawn >> 8)
                || case
                    when drawn % 23 = 0 then ' "' || title_text(drawn % 100000) || '"'
                    else ''
                end
        when category = 'producer' and drawn % 100 < 85 then pick('producer_jobs', drawn >> 8)
        when category = 'cinematographer' and drawn % 100 < 70 then 'director of photography'
        when category = 'director' and drawn % 100 < 6 then 'co-director'
        when category = 'casting_director' and drawn % 100 < 20 then 'casting by'
    end as job,
    case
        when not is_cast or drawn % 100 < 8 then null
        when category in ('self', 'archive_footage', 'archive_sound')
            then '["' || pick('self_roles', part_drawn) || '"]'
        else character_list(part_drawn, category = 'actress')
    end as characters
from filled
