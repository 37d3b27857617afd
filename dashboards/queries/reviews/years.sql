-- One row per year and source: the reviews that state their day.

with

chosen as (

    select
        review_date,
        source
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
        and review_date is not null

)

select
    year(review_date) as review_year,
    source,
    count(*) as review_count
from chosen
group by all
order by review_year, source
