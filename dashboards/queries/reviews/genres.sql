-- One row per genre: what those who reviewed its titles think of them.

with

titles as (

    select
        title_id,
        count(*) as review_count,
        count(rating_10) as rated_count,
        sum(rating_10) as star_count,
        count(*) filter (where rating_10 >= 7) as favourable_count,
        count(*) filter (where rating_10 <= 4) as unfavourable_count
    from marts.fct_reviews
    where
        ($source::varchar is null or source = $source)
        and title_id is not null
    group by all

)

select
    dim_genres.genre_name,
    dim_genres.genre_name
    || ' (' || format('{:,}', sum(titles.review_count)::bigint) || ')' as genre_label,
    sum(titles.review_count)::bigint as review_count,
    sum(titles.rated_count)::bigint as rated_count,
    count(*) as title_count,
    sum(titles.star_count) / sum(titles.rated_count) as rating_average,
    sum(titles.favourable_count) / sum(titles.rated_count) as favourable_share,
    sum(titles.unfavourable_count) / sum(titles.rated_count) as unfavourable_share,
    sum(titles.rated_count) < $few as is_few
from titles
inner join marts.bridge_titles_genres
    on titles.title_id = bridge_titles_genres.title_id
inner join marts.dim_genres
    on bridge_titles_genres.genre_id = dim_genres.genre_id
group by dim_genres.genre_name
having sum(titles.rated_count) > 0
order by rating_average desc, dim_genres.genre_name
