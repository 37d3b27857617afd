-- One row per review that a captured page shows.

with

reviews as (

    select * from {{ source('pages', 'reviews') }}

),

page_reviews as (

    select
        -- keys
        capture_id,
        review_order,
        source_review_id,
        content_hash,
        record_hash,

        -- attributes
        reviewer,
        reviewer_location,
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

select * from page_reviews
