-- One row per title and title that its viewers also liked: as its page says, or as user
-- ratings show.

with

captures as (

    select
        capture_id,
        title_id,
        capture_rank
    from {{ ref('int_captures_ranked') }}

),

page_likes as (

    select
        capture_id,
        liked_order,
        liked_text
    from {{ ref('stg_pages__also_liked') }}

),

records as (

    select
        capture_id,
        liked_order,
        title_id
    from {{ ref('int_records_matched') }}
    where source = 'also_liked'

),

similar_titles as (

    select * from {{ ref('int_titles_liked_together') }}

),

captured_likes as (

    select
        captures.title_id,
        captures.capture_rank,
        page_likes.*,
        max(captures.capture_rank) over (
            partition by captures.title_id
        ) as newest_rank
    from page_likes
    inner join captures
        on page_likes.capture_id = captures.capture_id

),

similar_titles_both_ways as (

    select
        title_id,
        other_title_id as liked_title_id,
        score,
        support
    from similar_titles

    union all

    select
        other_title_id as title_id,
        title_id as liked_title_id,
        score,
        support
    from similar_titles

),

ranked_titles as (

    select
        *,
        cast(
            row_number() over (
                partition by title_id
                order by
                    score desc nulls last,
                    support desc nulls last,
                    liked_title_id asc nulls last
            ) as integer
        ) as place
    from similar_titles_both_ways

),

also_liked as (

    select
        -- keys
        captured_likes.title_id,
        'page' as evidence,
        cast(
            row_number() over (
                partition by captured_likes.title_id
                order by captured_likes.liked_order asc nulls last
            ) as integer
        ) as rank,
        records.title_id as liked_title_id,

        -- attributes
        captured_likes.liked_text,

        -- measures
        cast(null as double) as score,
        cast(null as integer) as support

    from captured_likes
    left join records
        on
            captured_likes.capture_id = records.capture_id
            and captured_likes.liked_order = records.liked_order
    where captured_likes.capture_rank = captured_likes.newest_rank

    union all

    select
        title_id,
        'ratings' as evidence,
        place as rank,
        liked_title_id,
        null as liked_text,
        score,
        support
    from ranked_titles
    where place <= 12

)

select * from also_liked
