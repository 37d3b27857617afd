-- One row per credit of a captured page, with the title and the person it means: by
-- IMDb's id, by the name or the role that the title's other credits have, or a person
-- of its own that only pages know.

with

records as (

    select
        capture_id,
        title_id
    from {{ ref('int_records_matched') }}
    where source = 'page'

),

page_credits as (

    select * from {{ ref('stg_pages__credits') }}

),

principals as (

    select
        title_id,
        person_id,
        category,
        characters
    from {{ ref('stg_imdb__principals') }}

),

crew_members as (

    select
        title_id,
        person_id,
        category
    from {{ ref('int_crew_members_listed') }}

),

people as (

    select
        person_id,
        person_name
    from {{ ref('stg_imdb__people') }}

),

titled_credits as (

    select
        records.title_id,
        page_credits.*,
        {{ exact_title_key('page_credits.person_name') }} as name_key,
        {{ exact_title_key(first_of_list('page_credits.characters')) }} as role_key
    from page_credits
    inner join records
        on page_credits.capture_id = records.capture_id

),

known_credits as (

    select
        principals.title_id,
        principals.person_id,
        principals.characters
    from principals
    semi join titled_credits
        on principals.title_id = titled_credits.title_id

    union all

    select
        crew_members.title_id,
        crew_members.person_id,
        null as characters
    from crew_members
    semi join titled_credits
        on crew_members.title_id = titled_credits.title_id

),

known_names as (

    select
        people.person_id,
        {{ exact_title_key('people.person_name') }} as name_key
    from people
    semi join known_credits
        on people.person_id = known_credits.person_id
    where people.person_name is not null

),

-- Another capture of the title may give the id of a person whom this one only names.
people_of_titles as (

    select
        known_credits.title_id,
        known_names.name_key,
        known_credits.person_id
    from known_credits
    inner join known_names
        on known_credits.person_id = known_names.person_id

    union all

    select
        title_id,
        name_key,
        claimed_person_id as person_id
    from titled_credits
    where
        claimed_person_id is not null
        and name_key is not null
        and title_id is not null

),

-- Two people of one name on one title cannot be told apart.
named_people as (

    select
        title_id,
        name_key,
        min(person_id) as person_id
    from people_of_titles
    group by all
    having min(person_id) = max(person_id)

),

known_roles as (

    {{ explode_rows(
        'known_credits', ['title_id', 'person_id'], 'characters', 'role_name', 'place'
    ) | indent(4) }}

),

players as (

    select
        title_id,
        {{ exact_title_key('role_name') }} as role_key,
        min(person_id) as person_id
    from known_roles
    group by all
    having min(person_id) = max(person_id)

),

-- A role without its player is that of the one who is known to play it.
known_people as (

    select
        titled_credits.*,
        coalesce(
            titled_credits.claimed_person_id,
            named_people.person_id,
            case
                when titled_credits.person_name is null then players.person_id
            end
        ) as known_person_id
    from titled_credits
    left join named_people
        on
            titled_credits.title_id = named_people.title_id
            and titled_credits.name_key = named_people.name_key
    left join players
        on
            titled_credits.title_id = players.title_id
            and titled_credits.role_key = players.role_key

),

own_people as (

    select
        title_id,
        name_key,
        min(person_key) as person_id
    from known_people
    where known_person_id is null and title_id is not null and name_key is not null
    group by all

),

matched_credits as (

    select
        -- keys
        known_people.capture_id,
        known_people.credit_order,
        known_people.title_id,
        -- A page that could not be matched to a title names nobody of ours.
        case
            when known_people.title_id is not null
                then coalesce(known_people.known_person_id, own_people.person_id)
        end as person_id,

        -- attributes
        known_people.person_name,
        known_people.role_key,
        known_people.category,
        case
            when known_people.category in ('actor', 'actress', 'self') then 'cast'
            else known_people.category
        end as category_family,
        known_people.job,
        known_people.characters,

        -- measures
        known_people.episode_count,
        known_people.first_year,
        known_people.last_year

    from known_people
    left join own_people
        on
            known_people.title_id = own_people.title_id
            and known_people.name_key = own_people.name_key

)

select * from matched_credits
