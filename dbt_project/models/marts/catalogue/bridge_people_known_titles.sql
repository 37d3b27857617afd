-- One row per person and title they are known for.

with

known_titles as (

    select * from {{ ref('int_known_titles_listed') }}

),

person_titles as (

    select
        -- keys
        person_id,
        title_id

    from known_titles

)

select * from person_titles
