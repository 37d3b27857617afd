-- One row per credit that only IMDb's crew file names, numbered after the title's
-- last principal credit: directors, then writers, each in the order of their list.

with

crew_members as (

    select * from {{ ref('int_crew_members_listed') }}

),

-- Two narrow imports: a CTE read twice would be kept whole, characters and all.
credit_numbers as (

    select
        title_id,
        credit_number
    from {{ ref('stg_imdb__principals') }}

),

principal_crew_members as (

    select
        title_id,
        person_id,
        category
    from {{ ref('stg_imdb__principals') }}
    where category in ('director', 'writer')

),

crew_only_members as (

    select crew_members.*
    from crew_members
    anti join principal_crew_members
        on
            crew_members.title_id = principal_crew_members.title_id
            and crew_members.person_id = principal_crew_members.person_id
            and crew_members.category = principal_crew_members.category

),

last_credit_numbers as (

    select
        credit_numbers.title_id,
        max(credit_numbers.credit_number) as credit_number
    from credit_numbers
    semi join crew_only_members
        on credit_numbers.title_id = crew_only_members.title_id
    group by all

),

crew_credits as (

    select
        -- keys
        crew_only_members.title_id,
        cast(
            coalesce(last_credit_numbers.credit_number, 0)
            + row_number() over title_crew as integer
        ) as credit_number,
        crew_only_members.person_id,

        -- attributes
        crew_only_members.category

    from crew_only_members
    left join last_credit_numbers
        on crew_only_members.title_id = last_credit_numbers.title_id
    window title_crew as (
        partition by crew_only_members.title_id
        order by
            crew_only_members.category asc nulls last,
            crew_only_members.list_position asc nulls last
    )

)

select * from crew_credits
