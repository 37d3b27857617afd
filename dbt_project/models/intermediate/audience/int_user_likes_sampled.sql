-- One row per title that a user liked; of a user who liked very many, a sample: pairs
-- grow with the square of a user's likes, and each says less.

with

ratings as (

    select
        source,
        user_id,
        source_title_id
    from {{ ref('stg_movielens__ratings') }}
    where rating_10 >= {{ var('also_liked_min_rating') }}

),

records as (

    select
        source,
        cast(source_record_id as bigint) as source_title_id,
        title_id
    from {{ ref('int_records_matched') }}
    where feed = 'movielens' and title_id is not null

),

-- A source may list a title twice; one listing stands for it, so that no user likes
-- it twice.
listings as (

    select
        source,
        title_id,
        min(source_title_id) as source_title_id
    from records
    group by all

),

-- Numbers are narrower than names in a join of millions of likes.
numbered_listings as (

    select
        *,
        cast(dense_rank() over (order by source asc nulls last) as smallint)
            as source_number
    from listings

),

likes as (

    select
        numbered_listings.source_number,
        ratings.user_id,
        numbered_listings.title_id
    from ratings
    inner join numbered_listings
        on
            ratings.source = numbered_listings.source
            and ratings.source_title_id = numbered_listings.source_title_id

),

users as (

    select
        source_number,
        user_id,
        count(*) as like_count
    from likes
    group by all

),

-- A like stays when the first 32 bits of its digest are below the user's threshold: the
-- same likes in every build and on every engine.
sampled_likes as (

    select
        -- keys
        likes.source_number,
        likes.user_id,
        likes.title_id

    from likes
    inner join users
        on
            likes.source_number = users.source_number
            and likes.user_id = users.user_id
    where
        users.like_count <= {{ var('also_liked_user_likes') }}
        or substring(
            md5(
                cast(likes.user_id as string) || '/' || cast(likes.title_id as string)
            ),
            1, 8
        ) < printf(
            '%08x',
            cast(
                floor(
                    {{ var('also_liked_user_likes') }} * 4294967296.0 / users.like_count
                ) as bigint
            )
        )

)

select * from sampled_likes
