-- One row per review of a title, the most helpful first, up to a number.

select
    review_id,
    source,
    headline,
    body,
    reviewer,
    reviewer_location,
    review_date,
    rating_10,
    sentiment_label,
    is_spoiler,
    helpful_count,
    vote_count
from marts.fct_reviews
where title_id = $title_id
order by
    helpful_score desc nulls last,
    review_id
limit $review_limit
