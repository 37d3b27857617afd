-- One row per name of a title and source that lists it.

with

title_names as (

    select * from {{ ref('stg_imdb__title_names') }}

),

page_names as (

    select * from {{ ref('stg_pages__names') }}

),

captures as (

    select * from {{ ref('int_captures_ranked') }}

),

-- Captures of one title repeat its names: the newest capture's come first.
different_page_names as (

    select
        captures.title_id,
        page_names.title_name,
        page_names.region,
        max_by(page_names.note, captures.capture_rank) as note,
        max(captures.capture_rank) as capture_rank,
        max_by(page_names.name_order, captures.capture_rank) as name_order
    from page_names
    inner join captures
        on page_names.capture_id = captures.capture_id
    group by all

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

    union all

    select
        title_id,
        'page' as name_source,
        cast(
            row_number() over (
                partition by title_id
                order by
                    capture_rank desc,
                    name_order asc,
                    title_name asc,
                    region asc nulls last
            ) as integer
        ) as name_order,
        title_name,
        region,
        null as language,
        null as name_types,
        case when note is not null then {{ list_of('note') }} end as attributes,
        null as is_original
    from different_page_names

)

select * from sourced_names
