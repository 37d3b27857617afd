-- One row per title with its directors and writers in IMDb's order; a person whom
-- a list repeats stands in it once.

with

title_crew as (

    select * from {{ source('imdb', 'title_crew') }}

),

crews as (

    select
        -- keys
        tconst as title_id,

        -- attributes
        {{ list_without_repeats('directors') }} as director_ids,
        {{ list_without_repeats('writers') }} as writer_ids

    from title_crew

)

select * from crews
