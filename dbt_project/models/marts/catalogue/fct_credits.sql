-- One row per credit of a person on a title: IMDb's principals, and what only its
-- crew file names.

with

principals as (

    select * from {{ ref('stg_imdb__principals') }}

),

crew_members as (

    select * from {{ ref('int_crew_members_listed') }}

),

crew_credits as (

    select * from {{ ref('int_crew_credits_numbered') }}

),

principal_credits as (

    select
        principals.*,
        case
            when crew_members.person_id is null then 'principals'
            else 'both'
        end as credit_source
    from principals
    left join crew_members
        on
            principals.title_id = crew_members.title_id
            and principals.person_id = crew_members.person_id
            and principals.category = crew_members.category

),

all_credits as (

    select
        title_id,
        credit_number,
        person_id,
        category,
        job,
        characters,
        credit_source
    from principal_credits

    union all

    select
        title_id,
        credit_number,
        person_id,
        category,
        null as job,
        null as characters,
        'crew' as credit_source
    from crew_credits

),

credits as (

    select
        -- keys
        title_id,
        credit_number,
        person_id,

        -- attributes
        category,
        job,
        characters,
        credit_source,

        -- measures
        cast(null as integer) as episode_count,
        cast(null as smallint) as first_year,
        cast(null as smallint) as last_year

    from all_credits

)

select * from credits
