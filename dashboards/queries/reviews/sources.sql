-- One row per source: its reviews, and of how many which fact is known.

select
    source,
    count(*) as review_count,
    sum(copy_count)::bigint as record_count,
    count(title_id) as matched_count,
    count(rating_10) as rated_count,
    count(sentiment_label) as labelled_count,
    count(review_date) as dated_count,
    count(helpful_score) as voted_count,
    count(is_spoiler) as spoiler_known_count
from marts.fct_reviews
group by all
order by review_count desc, source
