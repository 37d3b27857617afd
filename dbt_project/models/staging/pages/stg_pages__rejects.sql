-- One row per record and reason for which load refused a record of captured
-- pages.

with

rejects as (

    select * from {{ source('pages', 'rejects') }}

),

refusals as (

    select
        -- keys
        'pages' as feed,
        source_file,
        table_name,
        line_number,

        -- attributes
        column_name,
        reason,
        raw_line

    from rejects

)

select * from refusals
