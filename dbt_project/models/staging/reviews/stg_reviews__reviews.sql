-- One row per review of a dump.

with

reviews as (

    select * from {{ source('reviews', 'reviews') }}

),

source_reviews as (

    select
        -- keys
        source,
        source_review_id,
        content_hash,
        record_hash,
        title_id as claimed_title_id,

        -- attributes
        title,
        release_year,
        reviewer,
        sentiment_label,
        headline,
        body,
        review_date,

        -- measures
        rating_10,
        helpful_count,
        vote_count,

        -- flags
        is_spoiler

    from reviews

)

select * from source_reviews
