-- One row per amount that a source states of a film; NULL where it is unknown.

with

amounts as (

    select * from {{ source('budgets', 'amounts') }}

),

stated_amounts as (

    select
        -- keys
        source,
        source_record_id,
        amount_kind,
        area,

        -- attributes
        currency_code,
        as_of_date,

        -- measures
        amount,

        -- flags
        is_estimated,

        -- lineage
        source_file,
        line_number

    from amounts

)

select * from stated_amounts
