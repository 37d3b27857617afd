-- One row per release of a title that a source dates.

with

captures as (

    select
        capture_id,
        title_id,
        capture_rank
    from {{ ref('int_captures_ranked') }}

),

page_releases as (

    select * from {{ ref('stg_pages__releases') }}

),

films as (

    select
        source,
        source_record_id,
        release_date
    from {{ ref('stg_budgets__films') }}
    where release_date is not null

),

film_records as (

    select
        source,
        source_record_id,
        title_id
    from {{ ref('int_records_matched') }}
    where feed = 'budgets' and title_id is not null

),

-- A page may show the release in its reader's country alone: captures add to each
-- other, and of those that date the same country the newest counts.
captured_releases as (

    select
        captures.title_id,
        captures.capture_rank,
        page_releases.*,
        max(captures.capture_rank) over (
            partition by
                captures.title_id,
                coalesce(page_releases.country_code, page_releases.country_name)
        ) as newest_rank
    from page_releases
    inner join captures
        on page_releases.capture_id = captures.capture_id

),

-- Two records of one source may mean one title.
film_dates as (

    select
        film_records.title_id,
        films.source,
        films.release_date
    from films
    inner join film_records
        on
            films.source = film_records.source
            and films.source_record_id = film_records.source_record_id
    group by all

),

releases as (

    select
        -- keys
        title_id,
        'page' as source,
        cast(
            row_number() over (
                partition by title_id
                order by
                    capture_rank desc,
                    release_order asc nulls last
            ) as integer
        ) as release_order,

        -- attributes
        country_code,
        country_name,
        release_date,
        date_precision,
        note

    from captured_releases
    where capture_rank = newest_rank

    union all

    -- Wikidata's dates reach us without their precision.
    select
        title_id,
        source,
        cast(
            row_number() over (
                partition by title_id, source
                order by release_date asc nulls last
            ) as integer
        ) as release_order,
        null as country_code,
        null as country_name,
        release_date,
        case when source <> 'wikidata' then 'day' end as date_precision,
        null as note
    from film_dates

)

select * from releases
