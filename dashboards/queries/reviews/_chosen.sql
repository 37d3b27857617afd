-- The reviews of a source and of titles of a genre; NULL is all of either.

select
    *,
    rowid as row_number
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
