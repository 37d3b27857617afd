-- One row per person that a dump describes or any row names.

with

people as (

    select * from {{ ref('stg_imdb__people') }}

),

orphans as (

    select * from {{ ref('int_orphans_found') }}

),

inferred_people as (

    select member_id as person_id
    from orphans
    where member_kind = 'person'
    group by all

),

completed_people as (

    select
        person_id,
        imdb_person_id,
        person_name,
        birth_year,
        death_year,
        professions,
        false as is_inferred
    from people

    union all

    select
        person_id,
        {{ imdb_id('nm', 'person_id') }} as imdb_person_id,
        null as person_name,
        null as birth_year,
        null as death_year,
        null as professions,
        true as is_inferred
    from inferred_people

)

select * from completed_people
