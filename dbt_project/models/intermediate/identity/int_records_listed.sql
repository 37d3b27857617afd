-- One row per record of a feed that names a title: what it says of the title.

with

movielens_titles as (

    select * from {{ ref('stg_movielens__titles') }}

),

movielens_links as (

    select * from {{ ref('stg_movielens__links') }}

),

user_ratings as (

    select
        source,
        source_title_id
    from {{ ref('stg_movielens__ratings') }}

),

user_tags as (

    select
        source,
        source_title_id
    from {{ ref('stg_movielens__tags') }}

),

reviews as (

    select
        source,
        claimed_title_id,
        title,
        release_year
    from {{ ref('stg_reviews__reviews') }}

),

films as (

    select * from {{ ref('stg_budgets__films') }}

),

captures as (

    select * from {{ ref('stg_pages__captures') }}

),

page_releases as (

    select * from {{ ref('stg_pages__releases') }}

),

page_credits as (

    select * from {{ ref('stg_pages__credits') }}

),

also_liked as (

    select * from {{ ref('stg_pages__also_liked') }}

),

-- A rating may name a title that its source's list of titles lacks.
rated_titles as (

    select
        source,
        source_title_id
    from user_ratings
    group by all

),

user_titles as (

    select
        source,
        source_title_id
    from movielens_titles

    union

    select
        source,
        source_title_id
    from movielens_links

    union

    select
        source,
        source_title_id
    from rated_titles

    union

    select
        source,
        source_title_id
    from user_tags

),

reviewed_titles as (

    select
        source,
        {{ review_title_key('claimed_title_id', 'title', 'release_year') }}
            as source_record_id,
        min(claimed_title_id) as claimed_title_id,
        min(title) as title,
        min(release_year) as release_year
    from reviews
    where claimed_title_id is not null or title is not null
    group by all

),

first_releases as (

    select
        capture_id,
        min(release_date) as release_date
    from page_releases
    group by all

),

first_credited_years as (

    select
        capture_id,
        min(first_year) as first_year
    from page_credits
    group by all

),

records as (

    select
        'movielens' as feed,
        user_titles.source,
        cast(user_titles.source_title_id as string) as source_record_id,
        cast(null as bigint) as record_key,
        cast(null as bigint) as capture_id,
        cast(null as integer) as liked_order,
        -- MovieTweetings numbers titles as IMDb does.
        coalesce(
            movielens_links.claimed_title_id,
            case
                when user_titles.source = 'movietweetings'
                    then user_titles.source_title_id
            end
        ) as claimed_title_id,
        movielens_links.tmdb_id,
        cast(null as string) as wikidata_id,
        movielens_titles.title,
        cast(null as string) as original_title,
        cast(null as string) as title_type,
        movielens_titles.release_year,
        false as is_release_dated,
        movielens_titles.genres,
        cast(null as integer) as runtime_minutes,
        cast(null as bigint) as series_id,
        cast(null as integer) as season_number,
        cast(null as integer) as episode_number
    from user_titles
    left join movielens_titles
        on
            user_titles.source = movielens_titles.source
            and user_titles.source_title_id = movielens_titles.source_title_id
    left join movielens_links
        on
            user_titles.source = movielens_links.source
            and user_titles.source_title_id = movielens_links.source_title_id

    union all

    select
        'reviews' as feed,
        source,
        source_record_id,
        null as record_key,
        null as capture_id,
        null as liked_order,
        claimed_title_id,
        null as tmdb_id,
        null as wikidata_id,
        title,
        null as original_title,
        null as title_type,
        release_year,
        false as is_release_dated,
        null as genres,
        null as runtime_minutes,
        null as series_id,
        null as season_number,
        null as episode_number
    from reviewed_titles

    union all

    select
        'budgets' as feed,
        source,
        source_record_id,
        record_key,
        null as capture_id,
        null as liked_order,
        claimed_title_id,
        tmdb_id,
        wikidata_id,
        title,
        original_title,
        null as title_type,
        coalesce(release_year, cast(year(release_date) as smallint)) as release_year,
        release_date is not null as is_release_dated,
        null as genres,
        null as runtime_minutes,
        null as series_id,
        null as season_number,
        null as episode_number
    from films

    union all

    select
        'pages' as feed,
        'page' as source,
        cast(captures.capture_id as string) as source_record_id,
        captures.capture_id as record_key,
        captures.capture_id,
        null as liked_order,
        captures.claimed_title_id,
        null as tmdb_id,
        null as wikidata_id,
        captures.title,
        captures.original_title,
        captures.title_type,
        coalesce(
            captures.release_year,
            cast(year(first_releases.release_date) as smallint),
            first_credited_years.first_year
        ) as release_year,
        captures.release_year is null as is_release_dated,
        captures.genres,
        captures.runtime_minutes,
        captures.series_imdb_title_id as series_id,
        captures.season_number,
        captures.episode_number
    from captures
    left join first_releases
        on captures.capture_id = first_releases.capture_id
    left join first_credited_years
        on captures.capture_id = first_credited_years.capture_id

    union all

    select
        'pages' as feed,
        'also_liked' as source,
        cast(capture_id as string) || '/' || cast(liked_order as string)
            as source_record_id,
        null as record_key,
        capture_id,
        liked_order,
        claimed_title_id,
        null as tmdb_id,
        null as wikidata_id,
        title,
        null as original_title,
        title_type,
        release_year,
        false as is_release_dated,
        genres,
        null as runtime_minutes,
        null as series_id,
        null as season_number,
        null as episode_number
    from also_liked

)

select * from records
