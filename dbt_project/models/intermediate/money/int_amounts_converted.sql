-- One row per amount that a source states of a title, in its currency, in US dollars of
-- the release year and in US dollars of the newest year with consumer prices.

with

amounts as (

    select * from {{ ref('int_amounts_stated') }}

),

titles as (

    select
        title_id,
        release_year
    from {{ ref('int_titles_completed') }}

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates_spread') }}

),

us_prices as (

    select * from {{ ref('us_prices') }}

),

-- A year that has only begun is none to compare with; 2025 has eleven months for ever.
real_prices as (

    select
        max(price_year) as real_year,
        max_by(price_index, price_year) as price_index
    from us_prices
    where month_count >= 11

),

dated_amounts as (

    select
        amounts.source,
        amounts.source_record_id,
        amounts.amount_kind,
        amounts.area,
        amounts.title_id,
        amounts.currency_code,
        amounts.as_of_date,
        amounts.amount,
        amounts.is_estimated,
        coalesce(titles.release_year, amounts.release_year) as release_year
    from amounts
    left join titles
        on amounts.title_id = titles.title_id

),

rated_amounts as (

    select
        dated_amounts.*,
        exchange_rates.fx_year,
        case
            when dated_amounts.currency_code = 'USD' then cast(1 as double)
            else exchange_rates.fx_rate
        end as fx_rate,
        case
            when dated_amounts.amount is null then null
            when dated_amounts.currency_code is null then 'no_currency'
            when dated_amounts.currency_code = 'USD' then 'us_dollars'
            when dated_amounts.release_year is null then 'no_release_year'
            else coalesce(exchange_rates.fx_basis, 'no_rate')
        end as fx_basis
    from dated_amounts
    left join exchange_rates
        on
            dated_amounts.currency_code = exchange_rates.currency_code
            and dated_amounts.release_year = exchange_rates.release_year

),

amounts_in_dollars as (

    select
        rated_amounts.*,
        cast(rated_amounts.amount as double) / rated_amounts.fx_rate as amount_usd,
        cast(real_prices.price_index as double) / cast(us_prices.price_index as double)
            as price_ratio,
        real_prices.real_year
    from rated_amounts
    cross join real_prices
    left join us_prices
        on rated_amounts.release_year = us_prices.price_year

),

converted_amounts as (

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
        case when amount_usd is not null then fx_year end as fx_year,
        fx_basis,
        case when amount_usd * price_ratio is not null then real_year end as real_year,

        -- measures
        amount,
        case when amount_usd is not null then fx_rate end as fx_rate,
        amount_usd,
        amount_usd * price_ratio as amount_usd_real,

        -- flags
        is_estimated

    from amounts_in_dollars

)

select * from converted_amounts
