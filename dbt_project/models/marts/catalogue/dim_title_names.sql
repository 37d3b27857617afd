-- One row per name of a title and source that lists it.

with

title_names as (

    select * from {{ ref('stg_imdb__title_names') }}

),

sourced_names as (

    select
        -- keys
        title_id,
        'imdb' as name_source,
        name_order,

        -- attributes
        title_name,
        region,
        language,
        name_types,
        attributes,

        -- flags
        is_original

    from title_names

)

select * from sourced_names
