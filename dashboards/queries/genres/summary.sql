-- One row per genre with titles of the type and decade; no mean is made of few titles.

with

genre_years as (

    select
        genre_name,
        release_year,
        sum(title_count) as title_count,
        sum(rated_title_count) as rated_title_count,
        sum(vote_count) as vote_count,
        sum(mean_title_rating * rated_title_count) as title_rating_total,
        sum(mean_vote_rating * vote_count) as vote_rating_total
    from marts.rpt_genres_by_year
    where
        ($title_type is null or title_type = $title_type)
        and ($decade is null or release_year // 10 * 10 = $decade)
    group by all

),

titles as (

    select sum(genre_title_count) as title_count
    from marts.rpt_titles_by_year
    where
        ($title_type is null or title_type = $title_type)
        and ($decade is null or release_year // 10 * 10 = $decade)

),

genres as (

    select
        genre_years.genre_name,
        cast(sum(genre_years.title_count) as bigint) as title_count,
        cast(sum(genre_years.title_count) as double) / any_value(titles.title_count)
            as title_share,
        cast(sum(genre_years.rated_title_count) as bigint) as rated_title_count,
        cast(sum(genre_years.vote_count) as bigint) as vote_count,
        case
            when sum(genre_years.rated_title_count) >= $few
                then sum(genre_years.title_rating_total) / sum(genre_years.rated_title_count)
        end as mean_title_rating,
        case
            when sum(genre_years.rated_title_count) >= $few
                then sum(genre_years.vote_rating_total) / sum(genre_years.vote_count)
        end as mean_vote_rating,
        max_by(genre_years.release_year, genre_years.title_count) filter (
            where genre_years.release_year <= $last_year
        ) as busiest_year
    from genre_years
    cross join titles
    group by all

)

select * from genres
order by title_count desc, genre_name asc
