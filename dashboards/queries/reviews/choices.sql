-- One row: the sources that have reviews, and the genres that titles have.

with

sources as (

    select distinct source
    from marts.fct_reviews

)

select
    (select list(source order by source) from sources) as sources,
    (select list(genre_name order by genre_name) from marts.dim_genres) as genres
