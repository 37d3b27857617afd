-- One row per rated title. About one rating in fifty changes in a night.
with

changed as (

    select
        *,
        list_filter(
            range(1, getvariable('night') + 1), lambda n : hash(place, n, 'polled') % 50 = 0
        ) as polls
    from present_titles
    where rated_on <= getvariable('night')
        and place >= getvariable('slice_start') and place < getvariable('slice_end')

)

select
    tconst,
    greatest(1, least(10,
        6.75
        + 2.1 * (unit(draw(work, 'good')) + unit(draw(work, 'better')) + unit(draw(work, 'best')) - 1.5)
        + 1.3 * (unit(draw(place, 'good')) + unit(draw(place, 'better')) - 1)
        - if(is_episode, least(season_number - 1, 9) * 0.3 * (unit(draw(work, 'decline')) - 0.35), 0)
        + 0.1 * coalesce(list_sum(list_transform(
            polls, lambda n : (hash(place, n, 'swing') % 3)::integer - 1
        )), 0)
    ))::decimal(3, 1) as averageRating,
    (vote_count + coalesce(list_sum(list_transform(
        polls, lambda n : 1 + (vote_count * (hash(place, n, 'crowd') % 100)::bigint) // 20000
    )), 0))::integer as numVotes
from changed
