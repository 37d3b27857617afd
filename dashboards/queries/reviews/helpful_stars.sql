-- One row per number of stars: the share of readers who found such reviews helpful.

with

chosen as (

    {% include "reviews/_chosen.sql" %}

)

select
    rating_10,
    count(*) as review_count,
    sum(vote_count)::bigint as vote_count,
    sum(helpful_count) / sum(vote_count) as helpful_share,
    count(*) < $few as is_few
from chosen
where
    vote_count > 0
    and rating_10 is not null
group by all
order by rating_10
