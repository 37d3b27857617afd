-- One row per record without a published id and title that credits people it names:
-- for a record whose title is lost every such title, for others those found by name.

with

lost_titles as (

    select record_number
    from {{ ref('int_records_identified') }}
    where title_id is null and title is null

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

candidate_titles as (

    select
        name_candidates.record_number,
        name_candidates.title_id
    from name_candidates
    semi join record_people
        on name_candidates.record_number = record_people.record_number

),

-- People are looked for by their name as written where nothing else leads to the title.
lost_titles_people as (

    select
        record_people.record_number,
        record_people.name_key,
        record_people.person_name
    from record_people
    semi join lost_titles
        on record_people.record_number = lost_titles.record_number

),

known_people as (

    select
        lost_titles_people.record_number,
        lost_titles_people.name_key,
        people.person_id
    from people
    inner join lost_titles_people
        on people.person_name = lost_titles_people.person_name

),

candidate_credits as (

    select
        principals.title_id,
        principals.person_id
    from principals
    semi join candidate_titles
        on principals.title_id = candidate_titles.title_id

    union

    select
        crew_members.title_id,
        crew_members.person_id
    from crew_members
    semi join candidate_titles
        on crew_members.title_id = candidate_titles.title_id

),

candidate_people as (

    select
        people.person_id,
        {{ exact_title_key('people.person_name') }} as name_key
    from people
    semi join candidate_credits
        on people.person_id = candidate_credits.person_id

),

known_credits as (

    select
        principals.title_id,
        known_people.record_number,
        known_people.name_key
    from principals
    inner join known_people
        on principals.person_id = known_people.person_id

    union

    select
        crew_members.title_id,
        known_people.record_number,
        known_people.name_key
    from crew_members
    inner join known_people
        on crew_members.person_id = known_people.person_id

    union

    select
        candidate_titles.title_id,
        candidate_titles.record_number,
        candidate_people.name_key
    from candidate_titles
    inner join candidate_credits
        on candidate_titles.title_id = candidate_credits.title_id
    inner join candidate_people
        on candidate_credits.person_id = candidate_people.person_id
    inner join record_people
        on
            candidate_titles.record_number = record_people.record_number
            and candidate_people.name_key = record_people.name_key

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
        shared_people.person_count

    from shared_people
    inner join people_counts
        on shared_people.record_number = people_counts.record_number
    left join candidate_titles
        on
            shared_people.record_number = candidate_titles.record_number
            and shared_people.title_id = candidate_titles.title_id
    where
        candidate_titles.title_id is not null
        or shared_people.person_count >= 3
        or (
            shared_people.person_count = 2
            and shared_people.person_count = people_counts.named_count
        )

)

select * from people_candidates
