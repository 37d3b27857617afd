-- One row per title that no dump of IMDb's describes: one that a row names by IMDb's
-- id, or one of its own that only pages and budget files know.

with

orphans as (

    select * from {{ ref('int_orphans_found') }}

),

title_changes as (

    select * from {{ ref('stg_imdb__title_changes') }}

),

matched_records as (

    select * from {{ ref('int_records_matched') }}

),

page_titles as (

    select * from {{ ref('int_page_titles_described') }}

),

inferred_titles as (

    select member_id as title_id
    from orphans
    where member_kind = 'title'
    group by all

),

own_titles as (

    select
        title_id,
        max(case when record_key = title_id then source end) as identity_source,
        min(release_year) as release_year
    from matched_records
    where outcome = 'own'
    group by all

),

undescribed_titles as (

    select
        title_id,
        {{ imdb_id('tt', 'title_id') }} as imdb_title_id,
        null as release_year,
        true as is_inferred,
        'imdb' as identity_source
    from inferred_titles

    union all

    select
        title_id,
        null as imdb_title_id,
        release_year,
        false as is_inferred,
        identity_source
    from own_titles

),

-- What a title was called when IMDb dropped it is the best name it has.
dropped_titles as (

    select
        title_id,
        max_by(previous_title_type, snapshot) as title_type,
        max_by(previous_primary_title, snapshot) as primary_title
    from title_changes
    where change = 'gone'
    group by all

),

stated_titles as (

    select
        matched_records.title_id,
        matched_records.title,
        matched_records.original_title,
        matched_records.release_year,
        row_number() over (
            partition by matched_records.title_id
            order by
                case
                    when matched_records.source = 'wikidata' then 1
                    when matched_records.source = 'tmdb' then 2
                    when matched_records.feed = 'budgets' then 3
                    when matched_records.feed = 'movielens' then 4
                    else 5
                end asc,
                matched_records.record_number asc
        ) as title_rank
    from matched_records
    semi join undescribed_titles
        on matched_records.title_id = undescribed_titles.title_id
    where matched_records.title is not null

),

best_stated_titles as (

    select
        title_id,
        original_title,
        release_year,
        {{ article_first(without_brackets('title')) }} as title
    from stated_titles
    where title_rank = 1

),

titles as (

    select
        -- keys
        undescribed_titles.title_id,
        undescribed_titles.imdb_title_id,

        -- attributes
        coalesce(dropped_titles.title_type, page_titles.title_type) as title_type,
        coalesce(
            dropped_titles.primary_title,
            page_titles.title,
            best_stated_titles.title,
            page_titles.first_name
        ) as primary_title,
        coalesce(page_titles.original_title, best_stated_titles.original_title)
            as original_title,
        coalesce(
            page_titles.release_year,
            undescribed_titles.release_year,
            best_stated_titles.release_year
        ) as release_year,
        page_titles.end_year,
        page_titles.genres,

        -- measures
        page_titles.runtime_minutes,
        case when not undescribed_titles.is_inferred then page_titles.rating_average end
            as rating_average,
        case when not undescribed_titles.is_inferred then page_titles.vote_count end
            as vote_count,

        -- lineage
        undescribed_titles.is_inferred,
        undescribed_titles.identity_source

    from undescribed_titles
    left join dropped_titles
        on undescribed_titles.title_id = dropped_titles.title_id
    left join page_titles
        on undescribed_titles.title_id = page_titles.title_id
    left join best_stated_titles
        on undescribed_titles.title_id = best_stated_titles.title_id

)

select * from titles
