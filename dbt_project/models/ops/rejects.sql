-- One row per file, column and reason for which load refused lines.

with

budgets_rejects as (

    select * from {{ ref('stg_budgets__rejects') }}

),

imdb_rejects as (

    select * from {{ ref('stg_imdb__rejects') }}

),

movielens_rejects as (

    select * from {{ ref('stg_movielens__rejects') }}

),

pages_rejects as (

    select * from {{ ref('stg_pages__rejects') }}

),

reviews_rejects as (

    select * from {{ ref('stg_reviews__rejects') }}

),

rejects as (

    select * from budgets_rejects

    union all

    select * from imdb_rejects

    union all

    select * from movielens_rejects

    union all

    select * from pages_rejects

    union all

    select * from reviews_rejects

),

numbered_rejects as (

    select
        *,
        row_number() over same_reason as place
    from rejects
    window same_reason as (
        partition by feed, source_file, table_name, column_name, reason
        order by line_number asc nulls last
    )

),

-- A line can be megabytes long; whole lines stay in the lake.
sampled_rejects as (

    select
        *,
        case
            when place <= 3 then {{ bytes_as_text('raw_line', 200) }}
        end as sample_line
    from numbered_rejects

),

reject_counts as (

    select
        -- keys
        feed,
        source_file,
        table_name,
        column_name,
        reason,

        -- attributes
        min(line_number) as first_line_number,
        {{ list_in_order('sample_line', 'place') }} filter (where place <= 3)
            as sample_lines,

        -- measures
        count(*) as reject_count

    from sampled_rejects
    group by all

)

select * from reject_counts
