-- One row per further name that a captured page gives its title.

with

names as (

    select * from {{ source('pages', 'names') }}

),

page_names as (

    select
        -- keys
        capture_id,
        name_order,

        -- attributes
        title_name,
        region,
        note

    from names

)

select * from page_names
