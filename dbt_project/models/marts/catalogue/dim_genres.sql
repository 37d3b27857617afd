-- One row per genre; spellings that differ in case or spaces are one.

with

described_titles as (

    select
        title_id,
        genres
    from {{ ref('stg_imdb__titles') }}

),

undescribed_titles as (

    select
        title_id,
        genres
    from {{ ref('int_titles_undescribed') }}

),

titles as (

    select * from described_titles

    union all

    select * from undescribed_titles

),

listed_genres as (

    {{ explode_rows(
        'titles', ['title_id'], 'genres', 'genre_name', 'list_position'
    ) | indent(4) }}

),

spellings as (

    select genre_name
    from listed_genres
    group by all

),

genres as (

    select
        -- keys
        {{ genre_id('genre_name') }} as genre_id,

        -- attributes
        min(genre_name) as genre_name

    from spellings
    group by all

)

select * from genres
