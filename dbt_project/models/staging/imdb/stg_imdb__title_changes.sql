-- One row per title and snapshot in which it appeared, changed or went.

with

title_changes as (

    select * from {{ source('imdb', 'title_changes') }}

),

changes as (

    select
        -- keys
        tconst as title_id,
        snapshot,

        -- attributes
        change,
        titletype as previous_title_type,
        primarytitle as previous_primary_title,
        snapshot_at

    from title_changes

)

select * from changes
