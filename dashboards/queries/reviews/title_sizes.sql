-- One row per span of reviews a title, each twice the one before: the titles.

with

titles as (

    select floor(log2(count(*))) as step
    from marts.fct_reviews
    where
        ($source::varchar is null or source = $source)
        and (
            $genre::varchar is null
            or title_id in (
                select bridge_titles_genres.title_id
                from marts.bridge_titles_genres
                inner join marts.dim_genres
                    on bridge_titles_genres.genre_id = dim_genres.genre_id
                where dim_genres.genre_name = $genre
            )
        )
        and title_id is not null
    group by title_id

)

select
    step::integer as step,
    power(2, step)::bigint as first_count,
    (power(2, step + 1) - 1)::bigint as last_count,
    count(*) as title_count
from titles
group by all
order by step
