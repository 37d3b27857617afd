-- One row per review, however many formats and captures hold a copy of it.

with

records as (

    select * from {{ ref('int_review_records_grouped') }}

),

reviews as (

    select * from {{ ref('stg_reviews__reviews') }}

),

page_reviews as (

    select * from {{ ref('stg_pages__reviews') }}

),

copies as (

    select
        records.review_id,
        records.title_id,
        records.copy_rank,
        records.copy_count,
        records.source,
        reviews.source_review_id,
        reviews.reviewer,
        cast(null as string) as reviewer_location,
        reviews.rating_10,
        reviews.sentiment_label,
        reviews.headline,
        reviews.body,
        reviews.review_date,
        reviews.is_spoiler,
        reviews.helpful_count,
        reviews.vote_count
    from reviews
    inner join records
        on
            reviews.source = records.source
            and reviews.source_review_id = records.record_id

    union all

    select
        records.review_id,
        records.title_id,
        records.copy_rank,
        records.copy_count,
        records.source,
        coalesce(page_reviews.source_review_id, records.record_id)
            as source_review_id,
        page_reviews.reviewer,
        page_reviews.reviewer_location,
        page_reviews.rating_10,
        null as sentiment_label,
        page_reviews.headline,
        page_reviews.body,
        page_reviews.review_date,
        page_reviews.is_spoiler,
        page_reviews.helpful_count,
        page_reviews.vote_count
    from page_reviews
    inner join records
        on
            page_reviews.capture_id = records.capture_id
            and page_reviews.review_order = records.review_order

),

copied_reviews as (

    select
        review_id,
        {{ newest_stated('reviewer', '-copy_rank') }} as reviewer
    from copies
    where copy_count > 1
    group by all

),

-- What the richest copy does not say, the next one may. Votes only grow: the copy with
-- the most is the newest. Two people may write the same words: each has votes of their
-- own.
merged_copies as (

    select
        copies.review_id,
        copied_reviews.reviewer,
        {{ newest_stated('copies.reviewer_location', '-copies.copy_rank') }}
            as reviewer_location,
        {{ newest_stated('copies.rating_10', '-copies.copy_rank') }} as rating_10,
        {{ newest_stated('copies.sentiment_label', '-copies.copy_rank') }}
            as sentiment_label,
        {{ newest_stated('copies.headline', '-copies.copy_rank') }} as headline,
        {{ newest_stated('copies.review_date', '-copies.copy_rank') }} as review_date,
        {{ newest_stated('copies.is_spoiler', '-copies.copy_rank') }} as is_spoiler,
        max_by(
            copies.helpful_count,
            cast(copies.vote_count as bigint) * 2147483648 + copies.helpful_count
        ) filter (
            where coalesce(copies.reviewer = copied_reviews.reviewer, true)
        ) as helpful_count,
        max(copies.vote_count) filter (
            where
            copies.helpful_count is not null
            and coalesce(copies.reviewer = copied_reviews.reviewer, true)
        ) as vote_count
    from copies
    inner join copied_reviews
        on copies.review_id = copied_reviews.review_id
    group by all

),

merged_reviews as (

    select
        copies.review_id,
        copies.title_id,
        copies.source,
        copies.source_review_id,
        copies.body,
        copies.copy_count,
        coalesce(merged_copies.reviewer, copies.reviewer) as reviewer,
        coalesce(merged_copies.reviewer_location, copies.reviewer_location)
            as reviewer_location,
        coalesce(merged_copies.sentiment_label, copies.sentiment_label)
            as sentiment_label,
        coalesce(merged_copies.headline, copies.headline) as headline,
        coalesce(merged_copies.review_date, copies.review_date) as review_date,
        coalesce(merged_copies.rating_10, copies.rating_10) as rating_10,
        coalesce(merged_copies.helpful_count, copies.helpful_count) as helpful_count,
        coalesce(merged_copies.vote_count, copies.vote_count) as vote_count,
        coalesce(merged_copies.is_spoiler, copies.is_spoiler) as is_spoiler
    from copies
    left join merged_copies
        on copies.review_id = merged_copies.review_id
    where copies.copy_rank = 1

),

source_reviews as (

    select
        -- keys
        review_id,
        source,
        source_review_id,
        title_id,

        -- attributes
        reviewer,
        reviewer_location,
        sentiment_label,
        headline,
        body,
        review_date,

        -- measures
        rating_10,
        helpful_count,
        vote_count,
        {{ wilson_lower_bound('helpful_count', 'vote_count') }} as helpful_score,
        cast({{ list_size(extract_each('body', '(\\S+)')) }} as integer)
            as word_count,
        copy_count,

        -- flags
        is_spoiler

    from merged_reviews

)

select * from source_reviews
