-- One row per chosen genre and year of the span.

with

years as (

    select unnest(generate_series($first_year, $last_year)) as release_year

),

genres as (

    select genre_name
    from marts.dim_genres
    where list_contains($genres, genre_name)

),

counts as (

    select
        genre_name,
        release_year,
        sum(title_count) as title_count,
        sum(rated_title_count) as rated_title_count,
        sum(timed_title_count) as timed_title_count,
        sum(mean_title_rating * rated_title_count) / sum(rated_title_count)
            as mean_title_rating,
        sum(mean_vote_rating * vote_count) / sum(vote_count) as mean_vote_rating,
        -- Medians of several types do not add up to one.
        case when $title_type is not null then any_value(median_runtime_minutes) end
            as median_runtime_minutes
    from marts.rpt_genres_by_year
    where $title_type is null or title_type = $title_type
    group by all

),

genre_years as (

    select
        genres.genre_name as series,
        years.release_year,
        cast(coalesce(counts.title_count, 0) as bigint) as title_count,
        cast(coalesce(counts.rated_title_count, 0) as bigint) as rated_title_count,
        cast(coalesce(counts.timed_title_count, 0) as bigint) as timed_title_count,
        counts.mean_title_rating,
        counts.mean_vote_rating,
        counts.median_runtime_minutes
    from genres
    cross join years
    left join counts
        on
            genres.genre_name = counts.genre_name
            and years.release_year = counts.release_year

)

select * from genre_years
order by series, release_year
