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
        {% for column in [
    'title', 'first_name', 'original_title', 'title_type', 'release_year', 'end_year',
    'certificate', 'genres', 'countries', 'languages', 'runtime_minutes',
    'rating_average', 'vote_count'
] %}
        max_by(
            {{ column }}, case when {{ column }} is not null then capture_rank end
        ) as {{ column }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from named_captures
    group by all

)

select * from described_titles
