-- One row per number of stars and label: the reviews.

with

chosen as (

    select
        rating_10,
        sentiment_label
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
    rating_10,
    case sentiment_label
        when 'positive' then 'Positive'
        when 'negative' then 'Negative'
        else 'No label'
    end as label,
    count(*) as review_count
from chosen
where rating_10 is not null
group by all
order by rating_10, label
