-- One row per source of a feed: its publisher, its terms, and whether it is in here.

with

publishers_terms as (

    select * from {{ ref('stg_lake__source_terms') }}

),

loaded_sources as (

    select distinct
        'budgets' as feed,
        source
    from {{ ref('stg_budgets__films') }}

    union all

    select distinct
        'imdb' as feed,
        'imdb' as source
    from {{ ref('stg_imdb__titles') }}

    union all

    select distinct
        'movielens' as feed,
        source
    from {{ ref('stg_movielens__titles') }}

    union all

    select distinct
        'pages' as feed,
        'page' as source
    from {{ ref('stg_pages__captures') }}

    union all

    select distinct
        'reviews' as feed,
        source
    from {{ ref('stg_reviews__reviews') }}

),

source_terms as (

    select
        -- keys
        publishers_terms.feed,
        publishers_terms.source,

        -- attributes
        publishers_terms.publisher,
        publishers_terms.url,
        publishers_terms.licence,
        publishers_terms.attribution,

        -- flags
        publishers_terms.may_redistribute,
        loaded_sources.source is not null as has_data

    from publishers_terms
    left join loaded_sources
        on
            publishers_terms.feed = loaded_sources.feed
            and publishers_terms.source = loaded_sources.source

)

select * from source_terms
