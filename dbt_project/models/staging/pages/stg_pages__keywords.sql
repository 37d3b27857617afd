-- One row per keyword of a captured page.

with

keywords as (

    select * from {{ source('pages', 'keywords') }}

),

page_keywords as (

    select
        -- keys
        capture_id,
        keyword_order,

        -- attributes
        keyword

    from keywords

)

select * from page_keywords
