-- One row per record without a published id and title that credits people it names:
-- for a record whose title is lost every such title, for others those found by name.

with

records as (

    select * from {{ ref('int_records_identified') }}
    where title_id is null

),

record_people as (

    select * from {{ ref('int_record_people_listed') }}

),

name_candidates as (

    select * from {{ ref('int_name_candidates_found') }}

),

people as (

    select
        person_id,
        person_name
    from {{ ref('stg_imdb__people') }}

),

principals as (

    select
        title_id,
        person_id
    from {{ ref('stg_imdb__principals') }}

),

crew_members as (

    select
        title_id,
        person_id
    from {{ ref('int_crew_members_listed') }}

),

known_people as (

    select
        record_people.record_number,
        record_people.person_name,
        people.person_id
    from people
    inner join record_people
        on people.person_name = record_people.person_name

),

known_credits as (

    select
        principals.title_id,
        known_people.record_number,
        known_people.person_name
    from principals
    inner join known_people
        on principals.person_id = known_people.person_id

    union

    select
        crew_members.title_id,
        known_people.record_number,
        known_people.person_name
    from crew_members
    inner join known_people
        on crew_members.person_id = known_people.person_id

),

shared_people as (

    select
        record_number,
        title_id,
        count(*) as person_count
    from known_credits
    group by all

),

people_counts as (

    select
        record_number,
        count(*) as named_count
    from record_people
    group by all

),

people_candidates as (

    select
        -- keys
        shared_people.record_number,
        shared_people.title_id,

        -- measures
        shared_people.person_count,
        people_counts.named_count,

        -- flags
        name_candidates.title_id is not null as is_named

    from shared_people
    inner join people_counts
        on shared_people.record_number = people_counts.record_number
    inner join records
        on shared_people.record_number = records.record_number
    left join name_candidates
        on
            shared_people.record_number = name_candidates.record_number
            and shared_people.title_id = name_candidates.title_id
    where
        name_candidates.title_id is not null
        or (
            records.title is null
            and shared_people.person_count >= 2
            and (
                shared_people.person_count >= 3
                or shared_people.person_count = people_counts.named_count
            )
        )

)

select * from people_candidates
