-- One row per budget or gross that a captured page states.

with

amounts as (

    select * from {{ source('pages', 'amounts') }}

),

page_amounts as (

    select
        -- keys
        capture_id,
        amount_kind,
        area,

        -- attributes
        currency_code,
        as_of_date,

        -- measures
        amount,

        -- flags
        is_estimated

    from amounts

)

select * from page_amounts
