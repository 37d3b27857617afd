-- One row per captured page whose title is known, ranked by age: of several captures
-- of one title, the newest that states a fact wins.

with

captures as (

    select * from {{ ref('stg_pages__captures') }}

),

records as (

    select
        capture_id,
        title_id
    from {{ ref('int_records_matched') }}
    where source = 'page' and title_id is not null

),

ranked_captures as (

    select
        -- keys
        captures.capture_id,
        records.title_id,

        -- attributes
        captures.title,
        captures.original_title,
        captures.title_type,
        captures.release_year,
        captures.end_year,
        captures.certificate,
        captures.genres,
        captures.countries,
        captures.languages,

        -- measures
        captures.runtime_minutes,
        captures.rating_average,
        captures.vote_count,
        row_number() over (
            order by
                captures.captured_at asc nulls first,
                captures.capture_id desc nulls last
        ) as capture_rank

    from captures
    inner join records
        on captures.capture_id = records.capture_id

)

select * from ranked_captures
