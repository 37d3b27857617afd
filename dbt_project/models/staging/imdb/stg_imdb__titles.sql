-- One row per title that IMDb describes, as of the pinned snapshot.

with

title_basics as (

    select * from {{ source('imdb', 'title_basics') }}

),

titles as (

    select
        -- keys
        tconst as title_id,
        {{ imdb_id('tt', 'tconst') }} as imdb_title_id,

        -- attributes
        titletype as title_type,
        primarytitle as primary_title,
        originaltitle as original_title,
        startyear as release_year,
        endyear as end_year,
        genres,

        -- measures
        runtimeminutes as runtime_minutes,

        -- flags
        isadult as is_adult

    from title_basics

)

select * from titles
