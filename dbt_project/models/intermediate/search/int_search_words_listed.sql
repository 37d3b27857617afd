-- One row per searchable name of a title or person and word of it, folded.

with

titles as (

    select
        title_id,
        title_type,
        primary_title,
        original_title,
        vote_count
    from {{ ref('dim_titles') }}

),

title_names as (

    select
        title_id,
        title_name,
        name_source
    from {{ ref('dim_title_names') }}

),

people as (

    select
        person_id,
        person_name
    from {{ ref('dim_people') }}

),

known_titles as (

    select * from {{ ref('bridge_people_known_titles') }}

),

-- Most episodes are called Episode #1.2; who looks for one without a vote starts at its
-- series.
searchable_titles as (

    select *
    from titles
    where {{ type_family('title_type') }} <> 'episode' or vote_count is not null

),

known_people as (

    select
        known_titles.person_id,
        max(titles.vote_count) as vote_count
    from known_titles
    inner join titles
        on known_titles.title_id = titles.title_id
    where titles.vote_count is not null
    group by all

),

names as (

    select
        title_id,
        cast(null as bigint) as person_id,
        primary_title as known_as,
        vote_count
    from searchable_titles
    where primary_title is not null

    union all

    select
        title_id,
        null as person_id,
        original_title as known_as,
        vote_count
    from searchable_titles
    where original_title <> primary_title

    union all

    select
        title_names.title_id,
        null as person_id,
        title_names.title_name as known_as,
        searchable_titles.vote_count
    from title_names
    inner join searchable_titles
        on title_names.title_id = searchable_titles.title_id
    where
        searchable_titles.vote_count >= {{ var('notable_title_votes') }}
        or title_names.name_source = 'page'

    union all

    select
        null as title_id,
        people.person_id,
        people.person_name as known_as,
        known_people.vote_count
    from people
    left join known_people
        on people.person_id = known_people.person_id
    where
        people.person_name is not null
        and (known_people.person_id is not null or people.person_id < 0)

),

words_of_names as (

    select
        title_id,
        person_id,
        vote_count,
        {{ extract_each(fold_letters('known_as'), '([\\p{L}\\p{N}]+)') }} as words
    from names

),

counted_words_of_names as (

    select
        *,
        cast({{ list_size('words') }} as smallint) as word_count
    from words_of_names

),

words as (

    {{ explode_rows(
        'counted_words_of_names',
        ['title_id', 'person_id', 'vote_count', 'word_count'],
        'words', 'term', 'position'
    ) | indent(4) }}

)

select * from words
