-- One row per review, the most helpful first. Bodies are read of these rows alone.

with

chosen as (

    {% include "reviews/_chosen.sql" %}

),

ranked as (

    select
        row_number,
        review_id,
        title_id,
        helpful_score,
        vote_count
    from chosen
    where
        vote_count >= $min_votes
        and helpful_score is not null
    order by helpful_score desc, vote_count desc, review_id
    limit $row_count

)

select
    fct_reviews.review_id,
    fct_reviews.source,
    fct_reviews.title_id,
    dim_titles.primary_title,
    dim_titles.release_year,
    fct_reviews.reviewer,
    fct_reviews.reviewer_location,
    fct_reviews.headline,
    fct_reviews.body,
    fct_reviews.review_date,
    fct_reviews.rating_10,
    fct_reviews.helpful_count,
    fct_reviews.vote_count,
    fct_reviews.helpful_score,
    fct_reviews.word_count,
    fct_reviews.copy_count,
    fct_reviews.is_spoiler
from ranked
inner join marts.fct_reviews
    on ranked.row_number = fct_reviews.rowid
left join marts.dim_titles
    on fct_reviews.title_id = dim_titles.title_id
order by ranked.helpful_score desc, ranked.vote_count desc, ranked.review_id
