-- One row per line and reason for which load refused a line of IMDb's dumps.

with

rejects as (

    select * from {{ source('imdb', 'rejects') }}

),

refusals as (

    select
        -- keys
        'imdb' as feed,
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
