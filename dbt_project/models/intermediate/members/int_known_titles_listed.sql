-- One row per person and title they are known for.

with

people as (

    select
        person_id,
        {{ list_without_repeats('known_title_ids') }} as known_title_ids
    from {{ ref('stg_imdb__people') }}

),

known_titles as (

    {{ explode_rows(
        'people', ['person_id'], 'known_title_ids', 'title_id', 'list_position'
    ) | indent(4) }}

)

select * from known_titles
