-- Everything random is a hash of what it describes, so a row is the same whoever computes it,
-- in whatever order. Scale, seed and night come in as variables.

create or replace macro draw(thing, purpose) as hash(thing, purpose, getvariable('seed'));
create or replace macro unit(drawn) as (drawn >> 11)::double / 9007199254740992.0;
create or replace macro pick(words, drawn) as
    getvariable(words)[1 + (drawn % len(getvariable(words)))::integer];

-- How often a fair coin comes up heads in a row, made continuous: one in 2^x draws exceeds x.
create or replace macro luck(drawn) as -log2(1.0 - unit(drawn) + 1e-12);

-- Row number `here` of a quota that is dealt out in proportion to integer weights, exactly.
create or replace macro dealt(weight_so_far, weight, weight_in_all, quota) as
    weight_so_far * quota // weight_in_all - (weight_so_far - weight) * quota // weight_in_all;

-- Ids grow with the place in the file. The files are in text order, so that eight-digit ids that
-- begin with 1, 2 or 3 stand between the seven-digit ones: the number line has three stretches.
create or replace macro digits(id) as
    case when id < 10000000 then substr((id + 10000000)::varchar, 2) else id::varchar end;
create or replace macro interleaved(eight_digits) as
    case when eight_digits % 10 = 0 then eight_digits // 10 else eight_digits end;
create or replace macro jittered(id_from, id_to, place, places, purpose) as
    id_from + place * ((id_to - id_from) // places)
    + (draw(place, purpose) % ((id_to - id_from) // places)::ubigint)::bigint;

create or replace macro title_id(place) as
    case
        when place < getvariable('early_titles')
            then jittered(1, 1000000, place, getvariable('early_titles'), 'tt 0')
        when place < getvariable('early_titles') + getvariable('late_titles')
            then interleaved(jittered(
                10000000, 40000000,
                place - getvariable('early_titles'), getvariable('late_titles'), 'tt 1'
            ))
        else jittered(
            4000000, 9900000,
            place - getvariable('early_titles') - getvariable('late_titles'),
            getvariable('middle_titles'), 'tt 4'
        )
    end;

create or replace macro person_id(place) as
    case
        when place < getvariable('early_people')
            then jittered(1, 1000000, place, getvariable('early_people'), 'nm 0')
        when place < getvariable('early_people') + getvariable('late_people')
            then interleaved(jittered(
                10000000, 20000000,
                place - getvariable('early_people'), getvariable('late_people'), 'nm 1'
            ))
        else jittered(
            2000000, 9900000,
            place - getvariable('early_people') - getvariable('late_people'),
            getvariable('middle_people'), 'nm 2'
        )
    end;

create or replace macro tconst(place) as 'tt' || digits(title_id(place));
create or replace macro nconst(place) as 'nm' || digits(person_id(place));

-- Names.

create or replace macro surname(drawn) as
    pick('surname_starts', drawn)
    || case when drawn % 3 = 0 then '' else pick('surname_middles', drawn >> 12) end
    || pick('surname_ends', drawn >> 24);

create or replace macro given_name(drawn, is_woman) as
    case when is_woman then pick('women', drawn) else pick('men', drawn) end;

-- Titles.

create or replace macro title_pattern(drawn, again) as
    case (drawn % 18)::integer
        when 0 then 'The ' || pick('adjectives', again) || ' ' || pick('nouns', again >> 16)
        when 1 then pick('nouns', again) || ' of ' || pick('places', again >> 16)
        when 2 then pick('women', again) || '''s ' || pick('nouns', again >> 16)
        when 3 then 'One ' || pick('nouns', again) || ' for ' || pick('men', again >> 16)
        when 4 then pick('actions', again) || ' ' || pick('places', again >> 16)
        when 5 then pick('nouns', again) || ' & ' || pick('nouns', again >> 16)
        when 6 then pick('adjectives', again) || ' ' || pick('nouns', again >> 16)
        when 7 then 'The ' || pick('nouns', again) || ' and the ' || pick('nouns', again >> 16)
        when 8
            then pick('actions', again) || ' the ' || pick('adjectives', again >> 16) || ' '
                || pick('nouns', again >> 32)
        when 9
            then pick('places', again) || ': ' || pick('adjectives', again >> 16) || ' '
                || pick('nouns', again >> 32)
        when 10 then pick('men', again) || ' and the ' || pick('nouns', again >> 16)
        when 11
            then 'The ' || pick('nouns', again) || ' of ' || pick('women', again >> 16) || ' '
                || surname(again >> 8)
        when 12 then pick('nouns', again) || ' No. ' || (1 + (again >> 16) % 40)
        when 13 then pick('women', again) || ' ' || surname(again >> 8)
        when 14 then pick('adjectives', again) || ' ' || pick('places', again >> 16)
        when 15
            then pick('nouns', again) || ' in the ' || pick('adjectives', again >> 16) || ' '
                || pick('nouns', again >> 32)
        when 16 then surname(again >> 8) || '''s ' || pick('nouns', again >> 40)
        else pick('nouns', again)
    end;

-- Quotes are literal in these files, and often nobody closes them.
create or replace macro quoted(text, drawn) as
    case
        when drawn % 2000 = 0 then '"' || text
        when drawn % 2000 = 1 then regexp_replace(text, '^(\S+)', '"\1"')
        when drawn % 2000 = 2 then text || '"'
        else text
    end;

create or replace macro title_text(thing) as
    quoted(
        title_pattern(draw(thing, 'pattern'), draw(thing, 'title')), draw(thing, 'quote')
    );

create or replace macro episode_date(place, year) as
    'Episode dated ' || (1 + draw(place, 'day') % 28) || ' '
    || ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
        'October', 'November', 'December'
    ][1 + (draw(place, 'month') % 12)::integer]
    || ' ' || coalesce(year, 2019);

create or replace macro foreign_text(tongue, drawn) as
    getvariable('beginnings')[1 + tongue * 10 + (drawn % 10)::integer] || ' '
    || getvariable('endings')[1 + tongue * 10 + ((drawn >> 8) % 10)::integer]
    || case (drawn >> 16) % 4
        when 0 then ': ' || pick('places', drawn >> 24)
        when 1 then ' ' || (2 + (drawn >> 24) % 8)
        else ''
    end;

-- People. They come in troupes of twenty: six actors, four actresses, a director, two writers, two
-- producers, a composer, a cinematographer, an editor, a designer and one newcomer.

create or replace macro person_name(place) as
    case
        when draw(place, 'name') % 100000 = 77 then null
        when draw(place, 'name') % 5000 = 5 then 'Null'
        else given_name(draw(place, 'given'), (place % 20 between 6 and 9)
            or (place % 20 > 9 and draw(place, 'woman') % 5 < 2))
            || case
                when draw(place, 'name') % 100 < 7
                    then ' ' || chr((65 + draw(place, 'initial') % 26)::integer) || '.'
                when draw(place, 'name') % 100 < 9 then '-' || given_name(draw(place, 'second'), true)
                else ''
            end
            || ' ' || surname(draw(place, 'surname'))
            || case when draw(place, 'name') % 100 between 97 and 98 then ' Jr.' else '' end
    end;

-- Half of the credits of a work go to its own troupe, the other half to anybody, the well-known
-- (low numbers) far more often: the n-th best known gets about n^-0.6 of what the first one gets.
create or replace macro troupe(is_own, work, drawn) as
    case
        when drawn % 2 = 0 and is_own then work % getvariable('troupes')
        when drawn % 2 = 0 then (hash(drawn) % getvariable('troupes')::ubigint)::bigint
        else floor(
            getvariable('troupes') * unit(hash(drawn)) * unit(hash(drawn))
            * sqrt(unit(hash(drawn)))
        )::bigint
    end;
-- A troupe gives each of its seats once, so that nobody is credited twice for the same work.
create or replace macro credited(key, work, role, nth, first_seat, seats) as
    troupe(key = work and nth < seats, work, hash(key, role, nth, getvariable('seed'))) * 20
    + first_seat + ((draw(key, 'seat') >> 8)::bigint + nth) % seats;

create or replace macro professions(place, seat) as
    case
        when draw(place, 'trade') % 100 < 19 then null
        else concat_ws(',',
            case
                when draw(place, 'trade') % 100 < 45 then pick('professions', draw(place, 'own'))
                when seat < 6 then 'actor'
                when seat < 10 then 'actress'
                when seat = 10 then 'director'
                when seat < 13 then 'writer'
                when seat < 15 then 'producer'
                when seat = 15 then 'composer'
                when seat = 16 then 'cinematographer'
                when seat = 17 then 'editor'
                when seat = 18 then 'production_designer'
                else 'miscellaneous'
            end,
            case when draw(place, 'trades') % 10 < 4
                then ['soundtrack', 'miscellaneous', 'assistant_director', 'stunts', 'art_department'
                ][1 + (draw(place, 'second trade') % 5)::integer] end,
            case when draw(place, 'trades') % 10 < 2
                then ['camera_department', 'executive', 'music_department', 'visual_effects'
                ][1 + (draw(place, 'third trade') % 4)::integer] end
        )
    end;

-- What decides who holds a part: mostly the work, so that a series keeps its people; else the title.
create or replace macro cast_key(work, place, part, role) as
    case when part = 0 or draw(place, role) % 10 < 7 then work else place + 1000000000 end;

create or replace macro character_name(drawn, is_woman) as
    case (drawn % 20)::integer
        when 0 then pick('roles', drawn >> 8)
        when 1 then pick('roles', drawn >> 8)
        when 2 then pick('roles', drawn >> 8)
        when 3 then 'Dr. ' || surname(drawn >> 8)
        when 4 then if(is_woman, 'Mrs. ', 'Mr. ') || surname(drawn >> 8)
        when 5 then given_name(drawn >> 8, is_woman) || ' ' || surname(drawn >> 16)
        when 6 then given_name(drawn >> 8, is_woman) || ' ' || surname(drawn >> 16)
        when 7 then given_name(drawn >> 8, is_woman) || ' ' || surname(drawn >> 16)
        when 8 then given_name(drawn >> 8, is_woman) || ' ' || surname(drawn >> 16)
        when 9
            then if((drawn >> 50) % 6 = 0,
                given_name(drawn >> 8, is_woman) || ' \"' || pick('adjectives', drawn >> 30) || '\" '
                || surname(drawn >> 16),
                surname(drawn >> 16))
        when 10
            then if((drawn >> 50) % 60 = 0,
                pick('roles', drawn >> 8) || ' \\ ' || pick('roles', drawn >> 16),
                pick('roles', drawn >> 8))
        else given_name(drawn >> 8, is_woman)
    end;

-- A JSON array with backslash escapes, as published.
create or replace macro character_list(drawn, is_woman) as
    '["' || character_name(drawn, is_woman)
    || case
        when drawn % 29 = 0 then '","' || character_name(drawn >> 7, is_woman)
        else ''
    end || '"]';
