-- What the seven files must agree on: one row per title, with the number of rows it has elsewhere.

create table works as
with

drafts as (

    select
        range as work,
        draw(range, 'kind') % 10000 as kind,
        luck(draw(range, 'length')) as length_luck
    from range(getvariable('works'))

),

weighed as (

    select
        work,
        case
            when kind < 3900 then 'short'
            when kind < 6640 then 'movie'
            when kind < 7770 then 'video'
            when kind < 8800 then 'tvSeries'
            when kind < 9340 then 'tvMovie'
            when kind < 9590 then 'tvMiniSeries'
            when kind < 9790 then 'tvSpecial'
            when kind < 9955 then 'videoGame'
            when kind < 9995 then 'tvShort'
            else 'tvPilot'
        end as title_type,
        -- most series end within a year, a few run for decades
        case
            when kind between 7770 and 8799
                then least(12000, floor(8 * pow(2, 0.85 * length_luck) - 7))::bigint
            when kind between 9340 and 9589 then (3 + draw(work, 'parts') % 8)::bigint
            else 0
        end as weight,
        draw(work, 'fate') % 3 as fate
    from drafts

),

summed as (

    select
        *,
        (sum(weight) over (order by work))::bigint as weight_so_far,
        (sum(weight) over ())::bigint as weight_in_all,
        weight = 0 and fate = 0 as may_appear,
        weight = 0 and fate = 1 as may_go,
        weight = 0 and fate = 2 as may_be_unknown,
        (count_if(weight = 0 and fate = 0) over (order by work))::bigint as appearing_so_far,
        (count_if(weight = 0 and fate = 0) over ())::bigint as appearing_in_all,
        (count_if(weight = 0 and fate = 1) over (order by work))::bigint as going_so_far,
        (count_if(weight = 0 and fate = 1) over ())::bigint as going_in_all,
        (count_if(weight = 0 and fate = 2) over (order by work))::bigint as unknown_so_far,
        (count_if(weight = 0 and fate = 2) over ())::bigint as unknown_in_all
    from weighed

),

counted as (

    select
        work,
        title_type,
        dealt(weight_so_far, weight, weight_in_all, getvariable('episodes')) as episode_count,
        (weight_so_far - weight) * getvariable('episodes') // weight_in_all as episodes_before,
        -- 37 has no factor in common with the nights there are, so each gets its share
        case
            when may_appear and dealt(
                appearing_so_far, 1, appearing_in_all, getvariable('appearing')
            ) > 0 then
                1 + appearing_so_far * getvariable('appearing') // appearing_in_all * 37
                % getvariable('nights')
        end as appears_on,
        case
            when may_go and dealt(going_so_far, 1, going_in_all, getvariable('going')) > 0 then
                1 + going_so_far * getvariable('going') // going_in_all * 37
                % getvariable('nights')
        end as goes_on,
        may_be_unknown and dealt(
            unknown_so_far, 1, unknown_in_all, getvariable('unknown_titles')
        ) > 0 as is_unknown
    from summed

)

select
    work,
    title_type,
    episode_count,
    appears_on,
    goes_on,
    is_unknown,
    work + episodes_before as place,
    draw(work, 'factual') % 100 < case
        when title_type in ('tvSeries', 'tvSpecial') then 27
        when title_type in ('movie', 'short', 'tvMovie', 'tvMiniSeries', 'video') then 15
        else 0
    end as is_factual,
    title_type in ('video', 'movie') and draw(work, 'adult') % 100 < 8 as is_adult,
    draw(work, 'followed') % 100 < 9 as is_followed,
    -- a season of ten, of a school year, or, for the daily ones, of a calendar year
    case
        when title_type = 'tvMiniSeries' then 1000
        when episode_count > 600 then 230
        else [6, 8, 8, 10, 10, 10, 12, 13, 13, 16, 20, 22, 24, 26][
            1 + (draw(work, 'season') % 14)::integer
        ]
    end as season_length,
    episode_count > 0 and draw(work, 'unnumbered') % 100 < 17 as is_unnumbered,
    case
        when appears_on is not null then 2026 + draw(work, 'announced') % 2
        when place < getvariable('early_titles')
            then 1900 + 104 * sqrt(place / getvariable('early_titles'))
                - 14 * pow(unit(draw(work, 'backlog')), 3)
        when place < getvariable('early_titles') + getvariable('late_titles')
            then 2013 + 13.9
                * (place - getvariable('early_titles')) / getvariable('late_titles')
                - 30 * pow(unit(draw(work, 'backlog')), 7)
                + case when draw(work, 'announced') % 250 = 0 then 3 else 0 end
        else 1997 + 16
            * (place - getvariable('early_titles') - getvariable('late_titles'))
            / getvariable('middle_titles')
            - 60 * pow(unit(draw(work, 'backlog')), 4)
    end::smallint as start_year
from counted;

create table drafts as
with

parts as (

    select
        * exclude (place),
        unnest(range(episode_count + 1)) as part,
        place + part as place
    from works

)

select
    place,
    place // 20000 as stretch,
    work,
    part,
    part > 0 as is_episode,
    episode_count,
    case when part > 0 then 'tvEpisode' else title_type end as title_type,
    is_factual,
    is_adult,
    is_followed,
    case when part > 0 and not is_unnumbered then 1 + (part - 1) // season_length end
        as season_number,
    case when part > 0 and not is_unnumbered then 1 + (part - 1) % season_length end
        as episode_number,
    part > 0 and is_factual and is_unnumbered as is_dated,
    case
        when draw(place, 'undated') % 1000 < if(part > 0, 138, 50) then null
        when part > 0 then least(2027, start_year + (part - 1) // greatest(season_length, 8))
        else start_year
    end::smallint as start_year,
    (1 + episode_count // season_length)::smallint as season_count,
    luck(draw(place, 'fame')) * case when part > 0 then 0.8 when title_type = 'movie' then 1.2 else 1 end
        + if(is_followed and part = 0, 2, 0) as fame,
    appears_on,
    goes_on,
    is_unknown
from parts;

create table weights as
select
    place,
    stretch,
    case
        when appears_on is not null or is_unknown then 0
        when is_episode then if(is_followed, 800, 35)
        when title_type = 'movie' then 420
        when title_type in ('tvSeries', 'tvMiniSeries') then if(is_followed, 900, 300)
        else 150
    end as rated,
    -- works of few people are many: a film by one person, a panel show by three
    case
        when appears_on is not null or draw(place, 'uncredited') % 100 < 8 then 0
        else least(58, 1 + floor(4.7 * luck(draw(place, 'crowd')) + if(fame > 8, 12, 0)))
    end::bigint as credits,
    case
        when appears_on is not null or is_unknown then 0
        when is_episode then if(draw(work, 'abroad') % 100 < 42, 6 + draw(place, 'abroad') % 2, 0)
        else least(60, floor(2.6 * luck(draw(place, 'abroad')) + if(fame > 8, 10, 0)))
    end::bigint as names
from drafts;

create table stretches as
select
    stretch,
    coalesce(sum(sum(rated)) over earlier, 0)::bigint as rated_before,
    coalesce(sum(sum(credits)) over earlier, 0)::bigint as credits_before,
    coalesce(sum(sum(names)) over earlier, 0)::bigint as names_before
from weights
group by stretch
window earlier as (order by stretch rows between unbounded preceding and 1 preceding);

create table totals as
select
    sum(rated)::bigint as rated,
    sum(credits)::bigint as credits,
    sum(names)::bigint as names
from weights;

create table shares as
select
    weights.place,
    dealt(
        rated_before + sum(weights.rated) over here, weights.rated,
        totals.rated, getvariable('ratings')
    )::smallint as is_rated,
    dealt(
        credits_before + sum(weights.credits) over here, weights.credits,
        totals.credits, getvariable('credits')
    )::smallint as credit_count,
    dealt(
        names_before + sum(weights.names) over here, weights.names,
        totals.names, getvariable('names_abroad')
    )::smallint as name_count
from weights
inner join stretches on weights.stretch = stretches.stretch
cross join totals
window here as (partition by weights.stretch order by weights.place);

create table titles as
select
    tconst(drafts.place) as tconst,
    drafts.* exclude (stretch, is_unknown, fame),
    drafts.is_unknown,
    if(
        appears_on is null, shares.credit_count, 2 + draw(drafts.place, 'credits') % 9
    )::smallint as credit_count,
    if(
        appears_on is null, 1 + shares.name_count, 1 + draw(drafts.place, 'names') % 3
    )::smallint as name_count,
    -- a new title has no rating on its first night
    case
        when appears_on is not null then if(draw(drafts.place, 'rate') % 4 = 0, appears_on + 1, null)
        when shares.is_rated > 0 then 0
    end::smallint as rated_on,
    least(
        floor(5 * pow(2, 2.4 * pow(fame, getvariable('fame_exponent')))),
        2800000 + draw(drafts.place, 'fame') % 300000
    )::integer as vote_count,
    -- a credit that is entered later
    if(
        draw(drafts.place, 'late credit') % 100 < 9,
        1 + draw(drafts.place, 'late night') % getvariable('nights'), null
    )::smallint as late_credit_on,
    -- the name that is corrected later
    if(
        draw(drafts.place, 'retitled') % 1000 < 18,
        1 + draw(drafts.place, 'retitled night') % getvariable('nights'), null
    )::smallint as renamed_on
from drafts
inner join shares on drafts.place = shares.place
order by drafts.place;

-- The four titles that a troupe is known for are the ones it mostly works on.
create table troupes as
select
    range as troupe,
    if(first_work.appears_on is null, tconst(first_work.place), null) as first_title,
    if(second_work.appears_on is null, tconst(second_work.place), null) as second_title,
    if(third_work.appears_on is null, tconst(third_work.place), null) as third_title,
    if(fourth_work.appears_on is null, tconst(fourth_work.place), null) as fourth_title
from range(getvariable('troupes'))
left join works as first_work on first_work.work = range
left join works as second_work on second_work.work = range + getvariable('troupes')
left join works as third_work on third_work.work = range + 2 * getvariable('troupes')
left join works as fourth_work on fourth_work.work = range + 3 * getvariable('troupes')
order by troupe;

drop table works;
drop table drafts;
drop table weights;
drop table shares;

create view present_titles as
select
    *,
    coalesce(renamed_on <= getvariable('night'), false) as is_renamed
from titles
where coalesce(appears_on <= getvariable('night'), true)
    and coalesce(goes_on > getvariable('night'), true);

-- An episode has its number, its date or a name; a correction gives it a name.
create view named_titles as
select
    *,
    case
        when is_renamed then place + 2000000000
        when is_episode then place
        else work + 1000000000
    end as name_key,
    case
        when is_dated and not is_renamed then episode_date(place, start_year)
        when season_number is not null and draw(place, 'numbered') % 100 < 48 and not is_renamed
            then 'Episode #' || season_number || '.' || episode_number
        else title_text(name_key)
    end as primary_title
from present_titles
where not is_unknown;
