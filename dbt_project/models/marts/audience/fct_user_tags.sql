-- One row per tag that a user of a source gave a title.

with

tags as (

    select * from {{ ref('stg_movielens__tags') }}

),

records as (

    select
        source,
        cast(source_record_id as bigint) as source_title_id,
        title_id
    from {{ ref('int_records_matched') }}
    where feed = 'movielens'

),

user_tags as (

    select
        -- keys
        tags.source,
        tags.user_id,
        tags.source_title_id,
        tags.tag,
        records.title_id,

        -- attributes
        tags.tagged_at

    from tags
    left join records
        on
            tags.source = records.source
            and tags.source_title_id = records.source_title_id

)

select * from user_tags
