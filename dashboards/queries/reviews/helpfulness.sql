-- One row per twentieth of the helpful score: the reviews that readers voted on.

with

chosen as (

    select
        floor(least(helpful_score, 0.9999) * 20) as step,
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
        and helpful_score is not null

)

select
    step / 20 as score,
    (step + 1) / 20 as score_end,
    count(*) as review_count,
    sum(vote_count)::bigint as vote_count
from chosen
group by all
order by score
