-- One row per publisher's id that records with an IMDb id give to one title. An id
-- that they give to several links nothing.

with

records as (

    select * from {{ ref('int_records_listed') }}

),

claimed_ids as (

    select
        'tmdb' as issuer,
        cast(tmdb_id as string) as external_id,
        claimed_title_id
    from records
    where tmdb_id is not null and claimed_title_id is not null

    union all

    select
        'wikidata' as issuer,
        wikidata_id as external_id,
        claimed_title_id
    from records
    where wikidata_id is not null and claimed_title_id is not null

),

linked_ids as (

    select
        issuer,
        external_id,
        min(claimed_title_id) as title_id
    from claimed_ids
    group by all
    having min(claimed_title_id) = max(claimed_title_id)

)

select * from linked_ids
