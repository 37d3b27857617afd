-- One row per gross that a source states of a title, by kind and area.

with

amounts as (

    select * from {{ ref('int_amounts_converted') }}

),

grosses as (

    select
        -- keys
        source,
        source_record_id,
        amount_kind,
        area,
        title_id,

        -- attributes
        currency_code,
        as_of_date,
        release_year,
        fx_year,
        fx_basis,
        real_year,

        -- measures
        amount,
        fx_rate,
        amount_usd,
        amount_usd_real,

        -- flags
        is_estimated

    from amounts
    where amount_kind <> 'budget'

)

select * from grosses
