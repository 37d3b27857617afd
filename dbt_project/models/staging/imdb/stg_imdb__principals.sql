-- One row per principal credit of a title, numbered as IMDb orders them.

with

title_principals as (

    select * from {{ source('imdb', 'title_principals') }}

),

principals as (

    select
        -- keys
        tconst as title_id,
        ordering as credit_number,
        nconst as person_id,

        -- attributes
        category,
        job,
        characters

    from title_principals

)

select * from principals
