-- One row per title, person and crew category, director or writer.

with

crews as (

    select * from {{ ref('stg_imdb__crews') }}

),

directors as (

    {{ explode_rows(
        'crews', ['title_id'], 'director_ids', 'person_id', 'list_position'
    ) | indent(4) }}

),

writers as (

    {{ explode_rows(
        'crews', ['title_id'], 'writer_ids', 'person_id', 'list_position'
    ) | indent(4) }}

),

crew_members as (

    select
        title_id,
        person_id,
        'director' as category,
        list_position
    from directors

    union all

    select
        title_id,
        person_id,
        'writer' as category,
        list_position
    from writers

)

select * from crew_members
