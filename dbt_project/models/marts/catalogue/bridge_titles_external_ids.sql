-- One row per title and id that a publisher gives it: the crosswalk between feeds.

with

titled_records as (

    select *
    from {{ ref('int_records_matched') }}
    where title_id is not null

),

other_ids as (

    select
        title_id,
        'movielens' as issuer,
        source_record_id as external_id
    from titled_records
    where source = 'movielens'

    union

    select
        title_id,
        'the_numbers' as issuer,
        source_record_id as external_id
    from titled_records
    where source = 'the_numbers'

    union

    select
        title_id,
        'tmdb' as issuer,
        cast(tmdb_id as string) as external_id
    from titled_records
    where tmdb_id is not null

    union

    select
        title_id,
        'wikidata' as issuer,
        wikidata_id as external_id
    from titled_records
    where wikidata_id is not null

    union

    -- The key the record had, or would have had, as a title of its own.
    select
        title_id,
        'arthouse' as issuer,
        cast(record_key as string) as external_id
    from titled_records
    where
        record_key is not null
        and record_key <> title_id
        and method <> 'imdb_id'

),

-- IMDb's own id only where another publisher has one: dim_titles has it for all.
imdb_ids as (

    select
        title_id,
        'imdb' as issuer,
        {{ imdb_id('tt', 'title_id') }} as external_id
    from other_ids
    where title_id > 0
    group by all

),

external_ids as (

    select
        -- keys
        title_id,
        issuer,
        external_id

    from other_ids

    union all

    select
        title_id,
        issuer,
        external_id
    from imdb_ids

)

select * from external_ids
