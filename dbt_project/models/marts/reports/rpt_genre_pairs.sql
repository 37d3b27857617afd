-- One row per genre, other genre and title type that have a title in common.

with

titles as (

    select
        title_type,
        {{ list_with_each('genres', 'genre_name', genre_id('genre_name')) }}
            as genre_ids
    from {{ ref('dim_titles') }}
    where genres is not null

),

-- Millions of titles share a few thousand sets of genres: what is paired is the sets.
repeating_sets as (

    select
        title_type,
        genre_ids,
        count(*) as title_count
    from titles
    group by all

),

genre_sets as (

    select
        title_type,
        {{ list_without_repeats('genre_ids') }} as genre_ids,
        title_count,
        row_number() over (order by title_type, genre_ids) as set_number
    from repeating_sets

),

genres_of_sets as (

    {{ explode_rows(
        'genre_sets',
        ['title_type', 'title_count', 'set_number'],
        'genre_ids', 'genre_id', 'list_position'
    ) | indent(4) }}

),

types as (

    select
        title_type,
        sum(title_count) as title_count
    from genre_sets
    group by all

),

genres as (

    select
        title_type,
        genre_id,
        sum(title_count) as title_count
    from genres_of_sets
    group by all

),

pairs as (

    select
        genres_of_sets.genre_id,
        paired_sets.genre_id as other_genre_id,
        genres_of_sets.title_type,
        sum(genres_of_sets.title_count) as title_count
    from genres_of_sets
    inner join genres_of_sets as paired_sets
        on
            genres_of_sets.set_number = paired_sets.set_number
            and genres_of_sets.genre_id != paired_sets.genre_id
    group by all

),

measured_pairs as (

    select
        -- keys
        pairs.genre_id,
        pairs.other_genre_id,
        pairs.title_type,

        -- measures
        cast(pairs.title_count as bigint) as title_count,
        cast(pairs.title_count as double) / genres.title_count as genre_share,
        cast(pairs.title_count as double) / genres.title_count
        * types.title_count / other_genres.title_count as lift

    from pairs
    inner join genres
        on
            pairs.genre_id = genres.genre_id
            and pairs.title_type is not distinct from genres.title_type
    inner join genres as other_genres
        on
            pairs.other_genre_id = other_genres.genre_id
            and pairs.title_type is not distinct from other_genres.title_type
    inner join types
        on pairs.title_type is not distinct from types.title_type

)

select * from measured_pairs
