-- The titles and people that may be meant, the likeliest first. `place` numbers the typed
-- words; a gain is what finding that word is worth. Rare words find; frequent ones only tell
-- apart what the rare ones found.
with

rare as (
    {rare}
),

frequent as (
    select *
    from ({frequent})
    where vote_rank in (select vote_rank from rare)
),

gains as (
    select
        vote_rank,
        place,
        max(gain) as gain,
        min(name_length) as name_length,
        max(vote_count) as vote_count
    from (select * from rare union all select * from frequent)
    group by vote_rank, place
),

likeliest as (
    select
        vote_rank,
        sum(gain)
        - $omission_cost * greatest(0, 1 - $typed_length / max(name_length))
        + $vote_weight * log10(1 + coalesce(max(vote_count), 0)) as likelihood
    from gains
    group by vote_rank
    order by
        likelihood desc,
        vote_rank asc
    limit $candidate_limit
)

select vote_rank
from likeliest
where likelihood >= (select max(likelihood) from likeliest) - $margin
