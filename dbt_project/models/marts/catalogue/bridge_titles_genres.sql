-- One row per title and genre.

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

all_titles as (

    select * from described_titles

    union all

    select * from undescribed_titles

),

titles as (

    select
        title_id,
        {{ list_with_each('genres', 'genre_name', genre_id('genre_name')) }}
            as genre_ids
    from all_titles

),

titles_with_genres as (

    select
        title_id,
        {{ list_without_repeats('genre_ids') }} as genre_ids
    from titles

),

listed_genres as (

    {{ explode_rows(
        'titles_with_genres', ['title_id'], 'genre_ids', 'genre_id', 'list_position'
    ) | indent(4) }}

),

genre_pairs as (

    select
        -- keys
        title_id,
        genre_id

    from listed_genres

)

select * from genre_pairs
