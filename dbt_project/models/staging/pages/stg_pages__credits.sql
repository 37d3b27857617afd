-- One row per person or role that a captured page credits.

with

credits as (

    select * from {{ source('pages', 'credits') }}

),

page_credits as (

    select
        -- keys
        capture_id,
        credit_order,
        imdb_person_id as claimed_person_id,
        person_key,

        -- attributes
        person_name,
        category,
        job,
        characters,

        -- measures
        episode_count,
        first_year,
        last_year,

        -- flags
        is_star

    from credits

)

select * from page_credits
