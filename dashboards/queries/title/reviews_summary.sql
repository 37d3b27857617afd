-- One row: how many reviews a title has, and what they come to.

select
    review_count,
    rated_review_count,
    review_rating_average,
    favourable_share_ratio
from marts.rpt_title_reviews
where title_id = $title_id
