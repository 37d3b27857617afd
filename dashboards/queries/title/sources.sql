-- One row per source that states something of a title: what, on which terms, and how new.

with

statements as (

    select
        'imdb' as feed,
        'imdb' as source,
        'title' as statement
    from marts.dim_titles
    where
        title_id = $title_id
        and first_seen_at is not null

    union

    select
        'imdb' as feed,
        'imdb' as source,
        'rating' as statement
    from marts.dim_titles
    where
        title_id = $title_id
        and rating_average is not null

    union

    select
        'imdb' as feed,
        'imdb' as source,
        'place in the series' as statement
    from marts.bridge_series_episodes
    where episode_id = $title_id

    union

    select
        'imdb' as feed,
        'imdb' as source,
        'episodes' as statement
    from marts.bridge_series_episodes
    where series_id = $title_id

    union

    select
        if(credit_source = 'page', 'pages', 'imdb') as feed,
        if(credit_source = 'page', 'page', 'imdb') as source,
        'credits' as statement
    from marts.fct_credits
    where title_id = $title_id

    union

    select
        if(name_source = 'page', 'pages', 'imdb') as feed,
        name_source as source,
        'names' as statement
    from marts.dim_title_names
    where title_id = $title_id

    union

    select
        'pages' as feed,
        'page' as source,
        'story and facts' as statement
    from marts.dim_title_facts
    where title_id = $title_id

    union

    select
        'pages' as feed,
        'page' as source,
        'keywords' as statement
    from marts.bridge_titles_keywords
    where title_id = $title_id

    union

    select
        if(source = 'page', 'pages', 'budgets') as feed,
        source,
        'releases' as statement
    from marts.fct_releases
    where title_id = $title_id

    union

    select
        if(source = 'page', 'pages', 'budgets') as feed,
        source,
        'budget' as statement
    from marts.fct_budgets
    where
        title_id = $title_id
        and amount is not null

    union

    select
        if(source = 'page', 'pages', 'budgets') as feed,
        source,
        'box office' as statement
    from marts.fct_box_office
    where
        title_id = $title_id
        and amount is not null

    union

    select
        if(source = 'page', 'pages', 'reviews') as feed,
        source,
        'reviews' as statement
    from marts.fct_reviews
    where title_id = $title_id

    union

    select
        'pages' as feed,
        'page' as source,
        'also liked' as statement
    from marts.bridge_titles_also_liked
    where
        title_id = $title_id
        and evidence = 'page'

    union

    -- Likes of both sources of ratings are counted together.
    select
        'movielens' as feed,
        terms.source,
        'also liked' as statement
    from marts.bridge_titles_also_liked as also_liked
    cross join ops.source_terms as terms
    where
        also_liked.title_id = $title_id
        and also_liked.evidence = 'ratings'
        and terms.feed = 'movielens'
        and terms.has_data

),

newest_snapshots as (

    select
        feed,
        max(snapshot) as snapshot,
        max(fetched_at) as fetched_at,
        max(last_modified_at) as last_modified_at
    from ops.feed_snapshots
    group by feed

),

stating_sources as (

    select
        feed,
        source,
        list(statement order by statement) as statements
    from statements
    group by
        feed,
        source

)

select
    stating_sources.feed,
    stating_sources.source,
    stating_sources.statements,
    coalesce(terms.publisher, stating_sources.source) as publisher,
    terms.url,
    terms.licence,
    terms.attribution,
    newest_snapshots.snapshot,
    newest_snapshots.fetched_at,
    newest_snapshots.last_modified_at
from stating_sources
left join ops.source_terms as terms
    on
        stating_sources.feed = terms.feed
        and stating_sources.source = terms.source
left join newest_snapshots
    on stating_sources.feed = newest_snapshots.feed
order by
    stating_sources.feed = 'imdb' desc,
    stating_sources.feed,
    stating_sources.source
