-- One row per amount that a source states of a title; of the captured pages of a title,
-- the newest that states a budget, or a gross of an area.

with

source_amounts as (

    select * from {{ ref('stg_budgets__amounts') }}

),

page_amounts as (

    select * from {{ ref('stg_pages__amounts') }}

),

captures as (

    select
        capture_id,
        captured_at
    from {{ ref('stg_pages__captures') }}

),

records as (

    select
        source,
        source_record_id,
        title_id,
        release_year
    from {{ ref('int_records_matched') }}
    where feed = 'budgets' or source = 'page'

),

titled_page_amounts as (

    select
        page_amounts.*,
        captures.captured_at,
        records.source_record_id,
        records.title_id,
        records.release_year
    from page_amounts
    inner join captures
        on page_amounts.capture_id = captures.capture_id
    inner join records
        on
            cast(page_amounts.capture_id as string) = records.source_record_id
            and records.source = 'page'

),

-- A page whose title is not known stands for itself; a budget has no area.
ranked_page_amounts as (

    select
        *,
        row_number() over (
            partition by
                title_id,
                case when title_id is null then capture_id end,
                amount_kind,
                case when amount_kind <> 'budget' then area end
            order by
                case when area = 'unspecified' then 1 else 2 end asc,
                captured_at desc nulls last,
                capture_id asc nulls last,
                area asc nulls last
        ) as age_rank
    from titled_page_amounts

),

stated_amounts as (

    select
        -- keys
        source_amounts.source,
        source_amounts.source_record_id,
        source_amounts.amount_kind,
        source_amounts.area,
        records.title_id,

        -- attributes
        source_amounts.currency_code,
        source_amounts.as_of_date,
        records.release_year,

        -- measures
        source_amounts.amount,

        -- flags
        source_amounts.is_estimated

    from source_amounts
    left join records
        on
            source_amounts.source = records.source
            and source_amounts.source_record_id = records.source_record_id

    union all

    select
        'page' as source,
        source_record_id,
        amount_kind,
        area,
        title_id,
        currency_code,
        as_of_date,
        release_year,
        amount,
        is_estimated
    from ranked_page_amounts
    where age_rank = 1

)

select * from stated_amounts
