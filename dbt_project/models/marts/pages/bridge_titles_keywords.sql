-- One row per title and keyword that a captured page gives it.

with

captures as (

    select
        capture_id,
        title_id
    from {{ ref('int_captures_ranked') }}

),

page_keywords as (

    select * from {{ ref('stg_pages__keywords') }}

),

-- A page shows a few of a title's keywords: captures add to each other.
title_keywords as (

    select
        -- keys
        captures.title_id,
        lower(trim(page_keywords.keyword)) as keyword

    from page_keywords
    inner join captures
        on page_keywords.capture_id = captures.capture_id
    group by all

)

select * from title_keywords
