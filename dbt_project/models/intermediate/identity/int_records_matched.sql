-- One row per record of a feed that names a title, with the title it means: one that
-- IMDb numbers, or one of its own that only pages and budget files know.

with

records as (

    select * from {{ ref('int_records_identified') }}

),

decided_records as (

    select * from {{ ref('int_records_decided') }}

),

page_names as (

    select * from {{ ref('stg_pages__names') }}

),

first_page_names as (

    select
        capture_id,
        min_by(title_name, name_order) as title_name
    from page_names
    group by all

),

unmatched_records as (

    select
        records.record_number,
        records.record_key,
        records.release_year,
        records.title_type,
        trim(coalesce(records.title, first_page_names.title_name)) as title_name
    from records
    inner join decided_records
        on records.record_number = decided_records.record_number
    left join first_page_names
        on
            records.capture_id = first_page_names.capture_id
            and records.source = 'page'
    where decided_records.outcome = 'unmatched'

),

named_records as (

    select
        record_number,
        record_key,
        release_year,
        {{ type_family('title_type') }} as type_family,
        {{ article_first(without_brackets('title_name')) }} as title_name
    from unmatched_records

),

keyed_records as (

    select
        record_number,
        record_key,
        release_year,
        type_family,
        {{ loose_title_key('title_name') }} as loose_key
    from named_records

),

-- Records of other feeds join a title of its own, but none makes one.
clusters as (

    select
        loose_key,
        release_year,
        type_family,
        min(record_key) as title_id
    from keyed_records
    where loose_key is not null and release_year is not null
    group by all

),

own_titles as (

    select
        keyed_records.record_number,
        coalesce(clusters.title_id, keyed_records.record_key) as title_id
    from keyed_records
    left join clusters
        on
            keyed_records.loose_key = clusters.loose_key
            and keyed_records.release_year = clusters.release_year
            and keyed_records.type_family = clusters.type_family

),

matched_records as (

    select
        -- keys
        records.record_number,
        records.feed,
        records.source,
        records.source_record_id,
        case
            when decided_records.outcome = 'matched' then decided_records.best_title_id
            else own_titles.title_id
        end as title_id,

        -- attributes
        case
            when own_titles.title_id is not null then 'own'
            else decided_records.outcome
        end as outcome,
        case
            when own_titles.title_id is not null then 'own_title'
            else decided_records.method
        end as method,
        decided_records.evidence,
        decided_records.candidate_title_ids as candidates,
        records.tmdb_id,
        records.wikidata_id,
        records.title,
        records.original_title,
        records.release_year,

        -- measures
        decided_records.score,
        decided_records.candidate_count,

        -- lineage
        records.record_key,
        records.capture_id,
        records.liked_order

    from records
    inner join decided_records
        on records.record_number = decided_records.record_number
    left join own_titles
        on records.record_number = own_titles.record_number

)

select * from matched_records
