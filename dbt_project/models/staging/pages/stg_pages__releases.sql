-- One row per release date that a captured page states.

with

releases as (

    select * from {{ source('pages', 'releases') }}

),

page_releases as (

    select
        -- keys
        capture_id,
        release_order,

        -- attributes
        country_code,
        country_name,
        release_date,
        date_precision,
        note

    from releases

)

select * from page_releases
