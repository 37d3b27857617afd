-- One row per record of a feed that names a title, with the title that a published id
-- gives it: its own claim, or another record that has both ids.

with

records as (

    select * from {{ ref('int_records_listed') }}

),

linked_ids as (

    select * from {{ ref('int_published_ids_linked') }}

),

linked_records as (

    select
        records.*,
        tmdb_ids.title_id as tmdb_title_id,
        wikidata_ids.title_id as wikidata_title_id
    from records
    left join linked_ids as tmdb_ids
        on
            tmdb_ids.issuer = 'tmdb'
            and cast(records.tmdb_id as string) = tmdb_ids.external_id
    left join linked_ids as wikidata_ids
        on
            wikidata_ids.issuer = 'wikidata'
            and records.wikidata_id = wikidata_ids.external_id

),

-- Two links that disagree say nothing.
identified_records as (

    select
        *,
        case
            when claimed_title_id is not null
                then claimed_title_id
            when tmdb_title_id is null or tmdb_title_id = wikidata_title_id
                then wikidata_title_id
            when wikidata_title_id is null
                then tmdb_title_id
        end as title_id,
        case
            when claimed_title_id is not null
                then 'imdb_id'
            when wikidata_title_id is not null
                then 'wikidata_id'
            else 'tmdb_id'
        end as id_method
    from linked_records

),

numbered_records as (

    select
        -- keys
        row_number() over (order by feed, source, source_record_id) as record_number,
        feed,
        source,
        source_record_id,
        title_id,

        -- attributes
        case when title_id is not null then id_method end as method,
        record_key,
        capture_id,
        liked_order,
        tmdb_id,
        wikidata_id,
        title,
        original_title,
        title_type,
        release_year,
        is_release_dated,
        genres,
        runtime_minutes,
        series_id,
        season_number,
        episode_number

    from identified_records

)

select * from numbered_records
