-- One row per title with a budget or gross in US dollars, each as the source trusted
-- most states it: docs/budgets.md has the order and its reasons.

with

amounts as (

    select * from {{ ref('int_amounts_converted') }}

),

comparable_amounts as (

    select
        title_id,
        case when amount_kind = 'budget' then 'budget' else area end as fact,
        source,
        source_record_id,
        as_of_date,
        currency_code,
        amount_usd,
        amount_usd_real,
        case source
            when 'the_numbers' then 1
            when 'page' then 2
            when 'wikidata' then 3
            when 'tmdb' then 4
        end as distrust
    from amounts
    where
        title_id is not null
        and amount_usd is not null
        and (
            amount_kind = 'budget'
            or (
                amount_kind = 'gross'
                and area in ('worldwide', 'domestic', 'unspecified')
            )
        )

),

ranked_amounts as (

    select
        *,
        row_number() over (
            partition by title_id, fact
            order by
                distrust asc nulls last,
                as_of_date desc nulls last,
                source_record_id asc nulls last
        ) as trust_rank
    from comparable_amounts

),

trusted_amounts as (

    select *
    from ranked_amounts
    where trust_rank = 1

),

budget_sources as (

    select
        title_id,
        count(*) as budget_count,
        max(amount_usd) / min(amount_usd) as budget_spread_ratio
    from comparable_amounts
    where fact = 'budget'
    group by all

),

facts_of_titles as (

    select
        title_id,
        {% for fact, name in [
        ('budget', 'budget'),
        ('worldwide', 'worldwide_gross'),
        ('domestic', 'domestic_gross'),
        ('unspecified', 'unspecified_gross'),
    ] %}
        max(case when fact = '{{ fact }}' then source end) as {{ name }}_source,
        max(case when fact = '{{ fact }}' then amount_usd end) as {{ name }}_usd,
        max(case when fact = '{{ fact }}' then amount_usd_real end)
            as {{ name }}_usd_real,
        {% endfor %}
        max(case when fact = 'budget' then currency_code end) as budget_currency_code
    from trusted_amounts
    group by all

),

budgeted_titles as (

    select
        -- keys
        facts_of_titles.title_id,

        -- attributes
        facts_of_titles.budget_source,
        facts_of_titles.budget_currency_code,
        facts_of_titles.worldwide_gross_source,

        -- measures
        budget_sources.budget_count,
        budget_sources.budget_spread_ratio,
        facts_of_titles.budget_usd,
        facts_of_titles.budget_usd_real,
        facts_of_titles.worldwide_gross_usd,
        facts_of_titles.worldwide_gross_usd_real,
        facts_of_titles.domestic_gross_usd,
        facts_of_titles.unspecified_gross_usd

    from facts_of_titles
    left join budget_sources
        on facts_of_titles.title_id = budget_sources.title_id

)

select * from budgeted_titles
