-- One row per rated title that a feed describes, with its rank by weighted rating.

with

titles as (

    select * from {{ ref('dim_titles') }}

),

ranked_titles as (

    select
        -- keys
        title_id,

        -- attributes
        imdb_title_id,
        title_type,
        primary_title,
        release_year,
        genres,

        -- measures
        rating_average,
        vote_count,
        weighted_rating,
        cast(rank() over all_titles as integer) as overall_rank,
        cast(rank() over titles_of_the_type as integer) as type_rank,

        -- flags
        is_adult

    from titles
    where
        weighted_rating is not null
        -- Nothing is known of an inferred title but its id: no chart can show it.
        and not is_inferred
    window
        all_titles as (
            order by weighted_rating desc nulls last, vote_count desc nulls last
        ),
        titles_of_the_type as (
            partition by title_type
            order by weighted_rating desc nulls last, vote_count desc nulls last
        )

)

select * from ranked_titles
