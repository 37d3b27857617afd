-- One row per number of stars: the share of readers who found such reviews helpful.

with

chosen as (

    select
        rating_10,
        helpful_count,
        vote_count
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
        and vote_count > 0
        and rating_10 is not null

)

select
    rating_10,
    count(*) as review_count,
    sum(vote_count)::bigint as vote_count,
    sum(helpful_count) / sum(vote_count) as helpful_share,
    count(*) < $few as is_few
from chosen
group by all
order by rating_10
