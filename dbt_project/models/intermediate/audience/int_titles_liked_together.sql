-- One row per two titles that enough users liked both, with their similarity.
-- docs/also_liked.md has the formula.

with

likes as (

    select * from {{ ref('int_user_likes_sampled') }}

),

-- What fewer users liked cannot have the support.
supported_titles as (

    select title_id
    from likes
    group by all
    having count(*) >= {{ var('also_liked_min_support') }}

),

supported_likes as (

    select likes.*
    from likes
    semi join supported_titles
        on likes.title_id = supported_titles.title_id

),

users as (

    select
        source_number,
        user_id,
        -- Whole numbers add up alike in any order: billionths of a user.
        cast(floor(1000000000 / count(*)) as integer) as like_weight
    from supported_likes
    group by all

),

weighed_likes as (

    select
        supported_likes.source_number,
        supported_likes.user_id,
        supported_likes.title_id,
        users.like_weight
    from supported_likes
    inner join users
        on
            supported_likes.source_number = users.source_number
            and supported_likes.user_id = users.user_id

),

titles as (

    select
        title_id,
        cast(sum(like_weight) as double) as total_weight
    from weighed_likes
    group by all

),

-- Multiplies each user's likes with themselves. DuckDB's aggregate spills.
pairs as (

    select
        likes_of_one.title_id,
        likes_of_other.title_id as other_title_id,
        cast(count(*) as integer) as support,
        cast(sum(likes_of_one.like_weight) as double) as common_weight
    from weighed_likes as likes_of_one
    inner join weighed_likes as likes_of_other
        on
            likes_of_one.source_number = likes_of_other.source_number
            and likes_of_one.user_id = likes_of_other.user_id
            and likes_of_one.title_id < likes_of_other.title_id
    group by all
    having count(*) >= {{ var('also_liked_min_support') }}

),

similar_titles as (

    select
        -- keys
        pairs.title_id,
        pairs.other_title_id,

        -- measures
        pairs.support,
        round(
            pairs.common_weight
            / (sqrt(titles.total_weight) * sqrt(other_titles.total_weight))
            * pairs.support / (pairs.support + {{ var('also_liked_shrinkage') }}),
            6
        ) as score

    from pairs
    inner join titles
        on pairs.title_id = titles.title_id
    inner join titles as other_titles
        on pairs.other_title_id = other_titles.title_id

)

select * from similar_titles
