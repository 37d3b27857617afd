-- One row per title that a user rated, on its own scale and on 0 to 10.

with

ratings as (

    select * from {{ source('movielens', 'ratings') }}

),

ratings_on_ten as (

    select
        -- keys
        source,
        user_id,
        source_title_id,

        -- attributes
        rating_original,
        rating_scale,
        rated_at,

        -- measures
        cast(
            case rating_scale
                when '0.5-5' then rating_original * 2
                when '0-10' then rating_original
            end as decimal(3, 1)
        ) as rating_10

    from ratings

)

select * from ratings_on_ten
