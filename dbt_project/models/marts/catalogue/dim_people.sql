-- One row per person that a dump describes or any row names.

with

people as (

    select * from {{ ref('stg_imdb__people') }}

),

orphans as (

    select * from {{ ref('int_orphans_found') }}

),

page_credits as (

    select * from {{ ref('int_page_credits_matched') }}

),

-- How pages write a name is all that is known of a person no dump describes.
page_people as (

    select
        person_id,
        min(person_name) as person_name
    from page_credits
    where person_id is not null
    group by all

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
        inferred_people.person_id,
        {{ imdb_id('nm', 'inferred_people.person_id') }} as imdb_person_id,
        page_people.person_name,
        null as birth_year,
        null as death_year,
        null as professions,
        true as is_inferred
    from inferred_people
    left join page_people
        on inferred_people.person_id = page_people.person_id

    union all

    select
        person_id,
        null as imdb_person_id,
        person_name,
        null as birth_year,
        null as death_year,
        null as professions,
        false as is_inferred
    from page_people
    where person_id < 0

)

select * from completed_people
