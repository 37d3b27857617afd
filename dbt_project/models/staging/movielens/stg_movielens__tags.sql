-- One row per tag that a user gave a title.

with

tags as (

    select * from {{ source('movielens', 'tags') }}

),

user_tags as (

    select
        -- keys
        source,
        user_id,
        source_title_id,
        tag,

        -- attributes
        tagged_at

    from tags

)

select * from user_tags
