-- One row per credit that captured pages name: beside the credit of IMDb's dumps it is
-- the same as, or numbered after the title's last one.

with

page_credits as (

    select *
    from {{ ref('int_page_credits_matched') }}
    where title_id is not null

),

captures as (

    select
        capture_id,
        capture_rank
    from {{ ref('int_captures_ranked') }}

),

principals as (

    select
        title_id,
        credit_number,
        person_id,
        category
    from {{ ref('stg_imdb__principals') }}

),

crew_credits as (

    select
        title_id,
        credit_number,
        person_id,
        category
    from {{ ref('int_crew_credits_numbered') }}

),

-- A page may name a player twice, among its stars and in its cast; roles without a
-- player are told apart by their place among those of one name.
placed_credits as (

    select
        page_credits.*,
        captures.capture_rank,
        case
            when page_credits.person_id is null
                then row_number() over (
                    partition by
                        page_credits.capture_id,
                        page_credits.category_family,
                        page_credits.person_id,
                        page_credits.role_key
                    order by page_credits.credit_order asc nulls last
                )
            else 1
        end as place,
        case when page_credits.person_id is null then page_credits.role_key end
            as lone_role_key,
        row_number() over (
            order by
                captures.capture_rank asc nulls last,
                page_credits.credit_order desc nulls last
        ) as credit_rank
    from page_credits
    inner join captures
        on page_credits.capture_id = captures.capture_id

),

-- Of several captures the newest that states a fact wins.
different_credits as (

    select
        title_id,
        person_id,
        category_family,
        lone_role_key,
        place,
        max_by(category, credit_rank) as category,
        max(credit_rank) as credit_rank,
        max(capture_rank) as capture_rank,
        max_by(credit_order, credit_rank) as credit_order,
        {{ newest_stated('job', 'credit_rank') }} as job,
        {{ newest_stated('characters', 'credit_rank') }} as characters,
        {{ newest_stated('episode_count', 'credit_rank') }} as episode_count,
        {{ newest_stated('first_year', 'credit_rank') }} as first_year,
        {{ newest_stated('last_year', 'credit_rank') }} as last_year
    from placed_credits
    group by all

),

known_credits as (

    select principals.*
    from principals
    semi join different_credits
        on principals.title_id = different_credits.title_id

    union all

    select crew_credits.*
    from crew_credits
    semi join different_credits
        on crew_credits.title_id = different_credits.title_id

),

-- The same person may stand twice in the dumps in one family: the first is meant.
family_credits as (

    select
        title_id,
        person_id,
        case
            when category in ('actor', 'actress', 'self') then 'cast'
            else category
        end as category_family,
        min(credit_number) as credit_number
    from known_credits
    group by all

),

last_credit_numbers as (

    select
        title_id,
        max(credit_number) as credit_number
    from known_credits
    group by all

),

numbered_credits as (

    select
        -- keys
        different_credits.title_id,
        cast(
            coalesce(
                family_credits.credit_number,
                coalesce(last_credit_numbers.credit_number, 0)
                + row_number() over (
                    partition by
                        different_credits.title_id,
                        family_credits.credit_number is null
                    order by
                        different_credits.capture_rank desc,
                        different_credits.credit_order asc nulls last,
                        different_credits.credit_rank asc nulls last
                )
            ) as integer
        ) as credit_number,
        different_credits.person_id,

        -- attributes
        different_credits.category,
        different_credits.job,
        different_credits.characters,

        -- measures
        different_credits.episode_count,
        different_credits.first_year,
        different_credits.last_year,

        -- flags
        family_credits.credit_number is not null as is_in_dumps

    from different_credits
    left join family_credits
        on
            different_credits.title_id = family_credits.title_id
            and different_credits.person_id = family_credits.person_id
            and different_credits.category_family = family_credits.category_family
    left join last_credit_numbers
        on different_credits.title_id = last_credit_numbers.title_id

)

select * from numbered_credits
