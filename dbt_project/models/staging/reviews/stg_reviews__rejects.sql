-- One row per record and reason for which load refused a record of a dump of
-- reviews.

with

rejects as (

    select * from {{ source('reviews', 'rejects') }}

),

refusals as (

    select
        -- keys
        'reviews' as feed,
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
