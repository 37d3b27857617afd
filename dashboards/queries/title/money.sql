-- One row per amount that a source states of a title: what it cost, what it earned.

with

amounts as (

    select
        source,
        source_record_id,
        amount_kind,
        null as area,
        as_of_date,
        amount,
        currency_code,
        is_estimated,
        amount_usd,
        amount_usd_real,
        real_year,
        fx_rate,
        fx_year,
        fx_basis
    from marts.fct_budgets
    where
        title_id = $title_id
        and amount is not null

    union all

    select
        source,
        source_record_id,
        amount_kind,
        area,
        as_of_date,
        amount,
        currency_code,
        is_estimated,
        amount_usd,
        amount_usd_real,
        real_year,
        fx_rate,
        fx_year,
        fx_basis
    from marts.fct_box_office
    where
        title_id = $title_id
        and amount is not null

)

select * from amounts
order by
    amount_kind,
    area,
    source,
    source_record_id
