-- One row per title and snapshot in which its rating appeared, moved or went.

with

rating_changes as (

    select * from {{ source('imdb', 'rating_changes') }}

),

changes as (

    select
        -- keys
        tconst as title_id,
        snapshot,

        -- attributes
        change,
        cast(snapshot_at as date) as rating_date,

        -- measures
        averagerating as rating_average,
        numvotes as vote_count

    from rating_changes

)

select * from changes
