-- One row per currency and year of release for which there is a rate: of that year or,
-- failing that, of the year before or after.

with

fx_rates as (

    select
        currency_code,
        rate_year,
        units_per_usd
    from {{ ref('fx_rates') }}

),

currencies as (

    select * from {{ ref('currencies') }}

),

euro_rates as (

    select
        rate_year,
        units_per_usd
    from fx_rates
    where currency_code = 'EUR'

),

-- Once a currency is withdrawn, an amount in it is one in euros, at the rate fixed for
-- ever: Council Regulation (EC) 1103/97.
known_rates as (

    select
        currency_code,
        rate_year,
        cast(units_per_usd as double) as units_per_usd,
        'release_year' as fx_basis
    from fx_rates

    union all

    select
        currencies.currency_code,
        euro_rates.rate_year,
        cast(currencies.units_per_euro as double)
        * cast(euro_rates.units_per_usd as double) as units_per_usd,
        'euro' as fx_basis
    from currencies
    inner join euro_rates
        on currencies.withdrawn_year <= euro_rates.rate_year
    where currencies.units_per_euro is not null

),

spread_rates as (

    select
        currency_code,
        rate_year as release_year,
        rate_year as fx_year,
        units_per_usd,
        fx_basis,
        case when fx_basis = 'release_year' then 1 else 2 end as preference
    from known_rates

    union all

    select
        currency_code,
        rate_year + 1 as release_year,
        rate_year as fx_year,
        units_per_usd,
        'year_before' as fx_basis,
        3 as preference
    from known_rates

    union all

    select
        currency_code,
        rate_year - 1 as release_year,
        rate_year as fx_year,
        units_per_usd,
        'year_after' as fx_basis,
        4 as preference
    from known_rates

),

exchange_rates as (

    select
        -- keys
        currency_code,
        cast(release_year as smallint) as release_year,

        -- attributes
        cast(min_by(fx_year, preference) as smallint) as fx_year,
        min_by(fx_basis, preference) as fx_basis,

        -- measures
        min_by(units_per_usd, preference) as fx_rate

    from spread_rates
    group by all

)

select * from exchange_rates
