-- One row per genre and other genre that share a title of the type.

with

genres as (

    select
        genre_id,
        genre_name,
        sum(title_count) as title_count
    from marts.rpt_genres_by_year
    where $title_type is null or title_type = $title_type
    group by all

),

titles as (

    select sum(genre_title_count) as title_count
    from marts.rpt_titles_by_year
    where $title_type is null or title_type = $title_type

),

together as (

    select
        genre_id,
        other_genre_id,
        sum(title_count) as title_count
    from marts.rpt_genre_pairs
    where $title_type is null or title_type = $title_type
    group by all

),

pairs as (

    select
        genres.genre_name as genre,
        others.genre_name as other_genre,
        cast(together.title_count as bigint) as title_count,
        cast(together.title_count as double) / genres.title_count as genre_share,
        cast(together.title_count as double) / genres.title_count
        * titles.title_count / others.title_count as lift
    from together
    cross join titles
    inner join genres
        on together.genre_id = genres.genre_id
    inner join genres as others
        on together.other_genre_id = others.genre_id

)

select * from pairs
order by lift desc, genre asc, other_genre asc
