-- One row per title or person and name of it, most votes first.

with

names as (

    select * from {{ ref('int_search_names_listed') }}

),

ranked_names as (

    select
        *,
        cast(
            dense_rank() over (
                order by
                    vote_count desc nulls last,
                    title_id asc nulls last,
                    person_id asc nulls last
            ) as integer
        ) as vote_rank
    from names

),

ranked_titles as (

    select
        title_id,
        vote_rank
    from ranked_names
    where title_id is not null and is_shown

),

-- The order on disk is the index: most of what is found lies among the first.
search_names as (

    select
        -- keys
        ranked_names.vote_rank,
        ranked_names.title_id,
        ranked_names.person_id,
        ranked_titles.vote_rank as context_vote_rank,

        -- attributes
        ranked_names.known_as,
        ranked_names.title_type,
        ranked_names.release_year,
        ranked_names.birth_year,

        -- measures
        ranked_names.rating_average,
        ranked_names.vote_count,

        -- flags
        ranked_names.is_shown

    from ranked_names
    left join ranked_titles
        on ranked_names.context_title_id = ranked_titles.title_id
    order by
        ranked_names.vote_rank asc nulls last,
        ranked_names.is_shown desc nulls last,
        ranked_names.known_as asc nulls last

)

select * from search_names
