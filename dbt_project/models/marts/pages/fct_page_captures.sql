-- One row per captured title page: which title it shows, and how much of it was read.

with

captures as (

    select * from {{ ref('stg_pages__captures') }}

),

records as (

    select
        capture_id,
        title_id
    from {{ ref('int_records_matched') }}
    where source = 'page'

),

page_captures as (

    select
        -- keys
        captures.capture_id,
        records.title_id,

        -- attributes
        captures.url,
        captures.captured_at,
        captures.layout,
        captures.unparsed_lines,

        -- measures
        captures.rating_average,
        captures.vote_count,
        captures.line_count,
        cast({{ list_size('captures.unparsed_lines') }} as integer)
            as unparsed_line_count,

        -- lineage
        captures.source_file,
        captures.record_number

    from captures
    left join records
        on captures.capture_id = records.capture_id

)

select * from page_captures
