-- One row per person with at least one credit.

with

credits as (

    select
        title_id,
        person_id,
        category
    from {{ ref('fct_credits') }}

),

titles as (

    select * from {{ ref('dim_titles') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

careers as (

    select
        credits.person_id,
        count(*) as credit_count,
        count(*) filter (
            where credits.category in ('actor', 'actress')
        ) as acting_credit_count,
        count(*) filter (where credits.category = 'director') as directing_credit_count,
        count(*) filter (where credits.category = 'writer') as writing_credit_count,
        count(*) filter (where credits.category = 'producer') as producing_credit_count,
        min(titles.release_year) as first_credit_year,
        max(titles.release_year) as last_credit_year
    from credits
    inner join titles
        on credits.title_id = titles.title_id
    where credits.person_id is not null
    group by all

),

-- Places are unique, so that a tie falls the same way in every build.
notable_titles as (

    select
        title_id,
        primary_title,
        weighted_rating,
        row_number() over by_rating as rating_place,
        row_number() over by_votes as votes_place
    from titles
    where vote_count >= {{ var('notable_title_votes') }}
    window
        by_rating as (
            order by
                weighted_rating desc nulls last,
                title_id asc nulls last
        ),
        by_votes as (
            order by
                vote_count desc nulls last,
                title_id asc nulls last
        )

),

peaks as (

    select
        credits.person_id,
        min(notable_titles.rating_place) as rating_place,
        min(notable_titles.votes_place) as votes_place
    from credits
    inner join notable_titles
        on credits.title_id = notable_titles.title_id
    group by all

),

named_peaks as (

    select
        peaks.person_id,
        best_titles.title_id as best_title_id,
        best_titles.primary_title as best_title,
        best_titles.weighted_rating as best_weighted_rating,
        best_known_titles.title_id as best_known_title_id,
        best_known_titles.primary_title as best_known_title
    from peaks
    inner join notable_titles as best_titles
        on peaks.rating_place = best_titles.rating_place
    inner join notable_titles as best_known_titles
        on peaks.votes_place = best_known_titles.votes_place

),

people_careers as (

    select
        -- keys
        careers.person_id,
        named_peaks.best_title_id,
        named_peaks.best_known_title_id,

        -- attributes
        people.person_name,
        careers.first_credit_year,
        careers.last_credit_year,
        named_peaks.best_title,
        named_peaks.best_known_title,

        -- measures
        careers.credit_count,
        careers.acting_credit_count,
        careers.directing_credit_count,
        careers.writing_credit_count,
        careers.producing_credit_count,
        named_peaks.best_weighted_rating

    from careers
    inner join people
        on careers.person_id = people.person_id
    left join named_peaks
        on careers.person_id = named_peaks.person_id

)

select * from people_careers
