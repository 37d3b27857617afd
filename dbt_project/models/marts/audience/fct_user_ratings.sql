-- One row per title that a user of a source rated.

with

ratings as (

    select * from {{ ref('stg_movielens__ratings') }}

),

records as (

    select
        source,
        cast(source_record_id as bigint) as source_title_id,
        title_id
    from {{ ref('int_records_matched') }}
    where feed = 'movielens'

),

user_ratings as (

    select
        -- keys
        ratings.source,
        ratings.user_id,
        ratings.source_title_id,
        records.title_id,

        -- attributes
        ratings.rating_scale,
        ratings.rated_at,

        -- measures
        ratings.rating_10,
        ratings.rating_original

    from ratings
    left join records
        on
            ratings.source = records.source
            and ratings.source_title_id = records.source_title_id

)

select * from user_ratings
