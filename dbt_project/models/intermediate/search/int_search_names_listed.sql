-- One row per name by which a title or person can be searched.

with

titles as (

    select
        title_id,
        title_type,
        primary_title,
        original_title,
        release_year,
        rating_average,
        vote_count
    from {{ ref('dim_titles') }}

),

title_names as (

    select
        title_id,
        title_name,
        max(name_source = 'page') as is_of_page
    from {{ ref('dim_title_names') }}
    group by all

),

people as (

    select
        person_id,
        person_name,
        birth_year
    from {{ ref('dim_people') }}

),

known_titles as (

    select * from {{ ref('bridge_people_known_titles') }}

),

series_episodes as (

    select
        episode_id,
        series_id
    from {{ ref('bridge_series_episodes') }}

),

-- Most episodes are called Episode #1.2; who looks for one without a vote starts at its
-- series.
searchable_titles as (

    select
        titles.title_id,
        titles.title_type,
        series_episodes.series_id,
        titles.primary_title,
        titles.original_title,
        titles.release_year,
        titles.rating_average,
        titles.vote_count
    from titles
    left join series_episodes
        on titles.title_id = series_episodes.episode_id
    where
        {{ type_family('titles.title_type') }} <> 'episode'
        or titles.vote_count is not null

),

known_people as (

    select
        known_titles.person_id,
        max(titles.vote_count) as vote_count,
        -- of two titles with as many votes the one with the smaller key
        max_by(
            titles.title_id,
            {{ record_of({
                'vote_count': 'titles.vote_count', 'opposite_id': '-titles.title_id'
            }) }}
        ) as best_title_id
    from known_titles
    inner join titles
        on known_titles.title_id = titles.title_id
    where titles.vote_count is not null
    group by all

),

names_of_titles as (

    select
        title_id,
        primary_title as known_as,
        true as is_shown
    from searchable_titles
    where primary_title is not null

    union all

    select
        title_id,
        original_title as known_as,
        false as is_shown
    from searchable_titles
    where original_title <> primary_title

    union all

    select
        title_names.title_id,
        title_names.title_name as known_as,
        false as is_shown
    from title_names
    inner join searchable_titles
        on title_names.title_id = searchable_titles.title_id
    where
        searchable_titles.vote_count >= {{ var('notable_title_votes') }}
        or title_names.is_of_page

),

names as (

    select
        names_of_titles.title_id,
        cast(null as bigint) as person_id,
        searchable_titles.series_id as context_title_id,
        names_of_titles.known_as,
        searchable_titles.title_type,
        searchable_titles.release_year,
        cast(null as smallint) as birth_year,
        searchable_titles.rating_average,
        searchable_titles.vote_count,
        names_of_titles.is_shown
    from names_of_titles
    inner join searchable_titles
        on names_of_titles.title_id = searchable_titles.title_id

    union all

    select
        null as title_id,
        people.person_id,
        known_people.best_title_id as context_title_id,
        people.person_name as known_as,
        null as title_type,
        null as release_year,
        people.birth_year,
        null as rating_average,
        known_people.vote_count,
        true as is_shown
    from people
    left join known_people
        on people.person_id = known_people.person_id
    where
        people.person_name is not null
        and (known_people.person_id is not null or people.person_id < 0)

)

select * from names
