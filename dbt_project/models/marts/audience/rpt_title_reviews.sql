-- One row per reviewed title: what those who wrote about it thought.

with

reviews as (

    select
        review_id,
        title_id,
        headline,
        review_date,
        rating_10,
        helpful_score,
        vote_count,
        word_count,
        is_spoiler
    from {{ ref('fct_reviews') }}
    where title_id is not null

),

titles as (

    select * from {{ ref('dim_titles') }}

),

reviewed_titles as (

    select
        title_id,
        min(review_date) as first_review_date,
        max(review_date) as last_review_date,
        cast(count(*) as integer) as review_count,
        cast(count(rating_10) as integer) as rated_review_count,
        round(cast(sum(rating_10) as double) / count(rating_10), 2)
            as review_rating_average,
        round(cast(count_if(rating_10 >= 7) as double) / count(rating_10), 4)
            as favourable_share_ratio,
        round(cast(count_if(rating_10 <= 4) as double) / count(rating_10), 4)
            as unfavourable_share_ratio,
        round(cast(count_if(is_spoiler) as double) / count(is_spoiler), 4)
            as spoiler_share_ratio,
        round(cast(sum(word_count) as double) / count(*), 1) as word_count_average
    from reviews
    group by all

),

ranked_reviews as (

    select
        *,
        row_number() over (
            partition by title_id
            order by
                helpful_score desc nulls last,
                vote_count desc nulls last,
                review_id asc nulls last
        ) as helpful_rank
    from reviews
    where helpful_score is not null

),

title_reviews as (

    select
        -- keys
        titles.title_id,

        -- attributes
        titles.imdb_title_id,
        titles.title_type,
        titles.primary_title,
        titles.release_year,
        reviewed_titles.first_review_date,
        reviewed_titles.last_review_date,
        ranked_reviews.review_id as most_helpful_review_id,
        ranked_reviews.headline as most_helpful_headline,

        -- measures
        ranked_reviews.helpful_score as most_helpful_score,
        reviewed_titles.review_count,
        reviewed_titles.rated_review_count,
        reviewed_titles.review_rating_average,
        titles.rating_average,
        reviewed_titles.favourable_share_ratio,
        reviewed_titles.unfavourable_share_ratio,
        reviewed_titles.spoiler_share_ratio,
        reviewed_titles.word_count_average

    from reviewed_titles
    inner join titles
        on reviewed_titles.title_id = titles.title_id
    left join ranked_reviews
        on
            reviewed_titles.title_id = ranked_reviews.title_id
            and ranked_reviews.helpful_rank = 1

)

select * from title_reviews
