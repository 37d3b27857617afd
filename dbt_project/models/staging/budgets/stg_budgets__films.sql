-- One row per film of a source, with the ids it gives.

with

films as (

    select * from {{ source('budgets', 'films') }}

),

source_films as (

    select
        -- keys
        source,
        source_record_id,
        record_key,
        imdb_title_id as claimed_title_id,
        wikidata_id,
        tmdb_id,

        -- attributes
        title,
        original_title,
        release_year,
        release_date,

        -- lineage
        source_file,
        line_number

    from films

)

select * from source_films
