-- One row per title that captured pages describe: each fact as the newest capture that
-- states it has it.

with

captures as (

    select * from {{ ref('int_captures_ranked') }}

),

page_names as (

    select * from {{ ref('stg_pages__names') }}

),

first_names as (

    select
        capture_id,
        min_by(title_name, name_order) as title_name
    from page_names
    group by all

),

named_captures as (

    select
        captures.*,
        first_names.title_name as first_name
    from captures
    left join first_names
        on captures.capture_id = first_names.capture_id

),

described_titles as (

    select
        -- keys
        title_id,

        -- attributes
        {{ newest_stated('title', 'capture_rank') }} as title,
        {{ newest_stated('first_name', 'capture_rank') }} as first_name,
        {{ newest_stated('original_title', 'capture_rank') }} as original_title,
        {{ newest_stated('title_type', 'capture_rank') }} as title_type,
        {{ newest_stated('release_year', 'capture_rank') }} as release_year,
        {{ newest_stated('end_year', 'capture_rank') }} as end_year,
        {{ newest_stated('certificate', 'capture_rank') }} as certificate,
        {{ newest_stated('genres', 'capture_rank') }} as genres,
        {{ newest_stated('countries', 'capture_rank') }} as countries,
        {{ newest_stated('languages', 'capture_rank') }} as languages,

        -- measures
        {{ newest_stated('runtime_minutes', 'capture_rank') }} as runtime_minutes,
        {{ newest_stated('rating_average', 'capture_rank') }} as rating_average,
        {{ newest_stated('vote_count', 'capture_rank') }} as vote_count
    from named_captures
    group by all

)

select * from described_titles
