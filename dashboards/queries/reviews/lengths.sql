-- One row per span of lengths, each half as long again (the root of two) as the one before.

with

chosen as (

    select floor(log2(greatest(word_count, 1)) * 2) as step
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

)

select
    power(2, step / 2) as words,
    power(2, (step + 1) / 2) as words_end,
    count(*) as review_count
from chosen
group by all
order by words
