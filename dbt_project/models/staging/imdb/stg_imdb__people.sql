-- One row per person whom IMDb describes, as of the pinned snapshot.

with

name_basics as (

    select * from {{ source('imdb', 'name_basics') }}

),

people as (

    select
        -- keys
        nconst as person_id,
        {{ imdb_id('nm', 'nconst') }} as imdb_person_id,

        -- attributes
        primaryname as person_name,
        birthyear as birth_year,
        deathyear as death_year,
        primaryprofession as professions,
        knownfortitles as known_title_ids

    from name_basics

)

select * from people
