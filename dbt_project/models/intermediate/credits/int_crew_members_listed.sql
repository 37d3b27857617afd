-- One row per title, person and crew category, director or writer.

with

-- Two narrow imports, so that the engine reads each list alone.
director_lists as (

    select
        title_id,
        director_ids
    from {{ ref('stg_imdb__crews') }}

),

writer_lists as (

    select
        title_id,
        writer_ids
    from {{ ref('stg_imdb__crews') }}

),

directors as (

    {{ explode_rows(
        'director_lists', ['title_id'], 'director_ids', 'person_id', 'list_position'
    ) | indent(4) }}

),

writers as (

    {{ explode_rows(
        'writer_lists', ['title_id'], 'writer_ids', 'person_id', 'list_position'
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
