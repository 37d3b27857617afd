-- One row: what the heading and the key figures of a title say.

with

titles as (

    select * from marts.dim_titles
    where title_id = $title_id

),

ranks as (

    select * from marts.rpt_top_titles
    where title_id = $title_id

),

parameters as (

    select
        max(parameter_value) filter (
            where parameter_name = 'weighted_rating_prior_votes'
        ) as prior_votes,
        max(parameter_value) filter (
            where parameter_name = 'weighted_rating_prior_mean'
        ) as prior_mean,
        max(parameter_value) filter (
            where parameter_name = 'also_liked_min_rating'
        ) as min_liked_rating
    from ops.model_parameters

),

page_ratings as (

    select
        title_id,
        max_by(rating_average, captured_at) as page_rating,
        max_by(vote_count, captured_at) as page_vote_count,
        max(captured_at) as page_rated_at
    from marts.fct_page_captures
    where
        title_id = $title_id
        and rating_average is not null
        and captured_at is not null
    group by title_id

)

select
    titles.*,
    ranks.overall_rank,
    ranks.type_rank,
    page_ratings.page_rating,
    page_ratings.page_vote_count,
    page_ratings.page_rated_at,
    parameters.*
from titles
cross join parameters
left join ranks
    on titles.title_id = ranks.title_id
left join page_ratings
    on titles.title_id = page_ratings.title_id
