-- One row per captured title page.

with

captures as (

    select * from {{ source('pages', 'captures') }}

),

page_captures as (

    select
        -- keys
        capture_id,
        imdb_title_id as claimed_title_id,
        series_imdb_title_id,

        -- attributes
        url,
        captured_at,
        layout,
        title,
        original_title,
        title_type,
        season_number,
        episode_number,
        release_year,
        end_year,
        certificate,
        genres,
        countries,
        languages,

        -- measures
        runtime_minutes,
        rating_average,
        vote_count,
        line_count,

        -- lineage
        source_file,
        record_number,
        unparsed_lines

    from captures

)

select * from page_captures
