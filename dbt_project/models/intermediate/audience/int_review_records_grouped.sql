-- One row per record of a review, with the review that it is a copy of and its place
-- among the copies, richest first. Texts stay where they are.

with

reviews as (

    select
        source,
        source_review_id,
        content_hash,
        record_hash,
        {{ review_title_key('claimed_title_id', 'title', 'release_year') }}
            as title_key
    from {{ ref('stg_reviews__reviews') }}

),

page_reviews as (

    select
        capture_id,
        review_order,
        content_hash
    from {{ ref('stg_pages__reviews') }}

),

captures as (

    select
        capture_id,
        captured_at,
        title
    from {{ ref('stg_pages__captures') }}

),

review_titles as (

    select
        source,
        source_record_id,
        title_id
    from {{ ref('int_records_matched') }}
    where feed = 'reviews'

),

page_titles as (

    select
        capture_id,
        title_id
    from {{ ref('int_records_matched') }}
    where source = 'page'

),

records as (

    select
        reviews.source,
        reviews.source_review_id as record_id,
        reviews.content_hash,
        reviews.record_hash as record_number,
        review_titles.title_id,
        reviews.title_key as title_name,
        cast(null as timestamp) as captured_at,
        cast(null as bigint) as capture_id,
        cast(null as integer) as review_order,
        -- Votes and places are on pages; the archives of sentiment hold the text alone.
        case reviews.source
            when 'ieee' then 2
            when 'spoiler' then 3
            when 'stanford' then 4
            else 5
        end as source_rank
    from reviews
    left join review_titles
        on
            reviews.source = review_titles.source
            and reviews.title_key = review_titles.source_record_id

    union all

    select
        'page' as source,
        cast(page_reviews.capture_id as string)
        || '/'
        || cast(page_reviews.review_order as string) as record_id,
        page_reviews.content_hash,
        page_reviews.capture_id as record_number,
        page_titles.title_id,
        captures.title as title_name,
        captures.captured_at,
        page_reviews.capture_id,
        page_reviews.review_order,
        1 as source_rank
    from page_reviews
    left join captures
        on page_reviews.capture_id = captures.capture_id
    left join page_titles
        on page_reviews.capture_id = page_titles.capture_id

),

claims as (

    select
        *,
        coalesce(
            'title ' || cast(title_id as string), 'name ' || lower(title_name), ''
        ) as claim
    from records

),

-- Few words may be said of many titles: "Great film!" is no copy of itself.
texts as (

    select
        content_hash,
        coalesce(min(nullif(claim, '')) = max(nullif(claim, '')), true)
            as is_of_one_title
    from claims
    group by all

),

grouped_records as (

    select
        claims.*,
        case when not texts.is_of_one_title then claims.claim end as told_claim
    from claims
    inner join texts
        on claims.content_hash = texts.content_hash

),

-- Hashes have 60 bits, so that no difference overflows.
numbered_reviews as (

    select
        content_hash,
        told_claim,
        max(title_id) as title_id,
        content_hash
        - case
            when told_claim is null or told_claim = '' then 0
            else coalesce(max(title_id), min(record_number))
        end as review_id
    from grouped_records
    group by content_hash, told_claim

),

review_records as (

    select
        -- keys
        grouped_records.source,
        grouped_records.record_id,
        numbered_reviews.review_id,
        numbered_reviews.title_id,
        grouped_records.capture_id,
        grouped_records.review_order,

        -- measures
        cast(
            row_number() over (
                partition by numbered_reviews.review_id
                order by
                    grouped_records.source_rank asc nulls last,
                    grouped_records.captured_at desc nulls last,
                    grouped_records.source asc nulls last,
                    grouped_records.record_id asc nulls last
            ) as integer
        ) as copy_rank,
        cast(
            count(*) over (partition by numbered_reviews.review_id) as integer
        ) as copy_count

    from grouped_records
    inner join numbered_reviews
        on
            grouped_records.content_hash = numbered_reviews.content_hash
            and grouped_records.told_claim
            is not distinct from numbered_reviews.told_claim

)

select * from review_records
