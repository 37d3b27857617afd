-- One row per record and reason for which load refused a record of a file of
-- budgets.

with

rejects as (

    select * from {{ source('budgets', 'rejects') }}

),

refusals as (

    select
        -- keys
        'budgets' as feed,
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
