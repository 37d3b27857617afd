-- One row per twentieth of the helpful score: the reviews that readers voted on.

with

chosen as (

    {% include "reviews/_chosen.sql" %}

),

steps as (

    select
        floor(least(helpful_score, 0.9999) * 20) as step,
        vote_count
    from chosen
    where helpful_score is not null

)

select
    step / 20 as score,
    (step + 1) / 20 as score_end,
    count(*) as review_count,
    sum(vote_count)::bigint as vote_count
from steps
group by all
order by score
