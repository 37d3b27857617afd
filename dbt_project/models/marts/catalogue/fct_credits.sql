-- One row per credit of a person on a title: IMDb's principals, what only its crew file
-- names, and what only captured pages name.

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

page_credits as (

    select * from {{ ref('int_page_credits_numbered') }}

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

    union all

    select
        title_id,
        credit_number,
        person_id,
        category,
        job,
        characters,
        'page' as credit_source
    from page_credits
    where not is_in_dumps

),

credits as (

    select
        -- keys
        all_credits.title_id,
        all_credits.credit_number,
        all_credits.person_id,

        -- attributes
        all_credits.category,
        all_credits.job,
        all_credits.characters,
        all_credits.credit_source,

        -- measures
        page_credits.episode_count,
        page_credits.first_year,
        page_credits.last_year

    from all_credits
    left join page_credits
        on
            all_credits.title_id = page_credits.title_id
            and all_credits.credit_number = page_credits.credit_number

)

select * from credits
