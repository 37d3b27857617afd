-- One row per title, with everything that a title page shows; a list that would be
-- empty is NULL. No CTE, and plain joins before lateral ones: only so does DuckDB keep
-- to the titles asked for in every table; else it collects the rows of all titles.
{{ config(materialized='view') }}

select
    -- keys
    titles.title_id,
    titles.imdb_title_id,
    episodes.series_id,

    -- heading
    titles.title_type,
    titles.primary_title,
    titles.original_title,
    series.primary_title as series_title,
    episodes.season_number,
    episodes.episode_number,
    titles.release_year,
    titles.end_year,
    titles.runtime_minutes,
    titles.certificate,
    titles.genres,
    titles.countries,
    titles.languages,

    -- measures
    titles.rating_average,
    titles.vote_count,
    titles.weighted_rating,
    title_facts.award_win_count,
    title_facts.award_nomination_count,
    title_reviews.review_count,

    -- story
    title_facts.outline,
    title_facts.storyline,
    title_facts.storyline_author,
    title_facts.taglines,
    title_facts.awards,
    title_keywords.keywords,

    -- people
    title_credits.cast_members,
    title_credits.directors,
    title_credits.writers,
    title_credits.other_credits,

    -- details
    title_releases.release_dates,
    other_names.also_known_as,
    title_facts.filming_locations,
    title_facts.companies,
    title_facts.other_facts,
    title_budgets.budgets,
    title_grosses.box_office,

    -- viewers
    liked.also_liked,
    title_reviews.reviews,

    -- lineage
    title_ids.external_ids

from {{ ref('dim_titles') }} as titles
left join {{ ref('bridge_series_episodes') }} as episodes
    on titles.title_id = episodes.episode_id
left join {{ ref('dim_titles') }} as series
    on episodes.series_id = series.title_id
left join lateral (
    select
        {{ list_where(
            record_of({
                'person_id': 'credits.person_id',
                'person_name': 'people.person_name',
                'category': 'credits.category',
                'characters': 'credits.characters',
                'episode_count': 'credits.episode_count',
                'first_year': 'credits.first_year',
                'last_year': 'credits.last_year',
            }),
            'credits.credit_number',
            "credits.category in ('actor', 'actress', 'self')"
        ) }} as cast_members,
        {{ list_where(
            record_of({
                'person_id': 'credits.person_id',
                'person_name': 'people.person_name',
            }),
            'credits.credit_number',
            "credits.category = 'director'"
        ) }} as directors,
        {{ list_where(
            record_of({
                'person_id': 'credits.person_id',
                'person_name': 'people.person_name',
                'job': 'credits.job',
            }),
            'credits.credit_number',
            "credits.category = 'writer'"
        ) }} as writers,
        {{ list_where(
            record_of({
                'person_id': 'credits.person_id',
                'person_name': 'people.person_name',
                'category': 'credits.category',
                'job': 'credits.job',
                'characters': 'credits.characters',
            }),
            'credits.credit_number',
            "coalesce(credits.category not in "
            "('actor', 'actress', 'self', 'director', 'writer'), true)"
        ) }} as other_credits
    from {{ ref('fct_credits') }} as credits
    left join {{ ref('dim_people') }} as people
        on credits.person_id = people.person_id
    where credits.title_id = titles.title_id
) as title_credits on true
left join lateral (
    select
        {{ list_where(
            record_of({
                'evidence': 'also_liked.evidence',
                'rank': 'also_liked.rank',
                'title_id': 'also_liked.liked_title_id',
                'title_type': 'liked_titles.title_type',
                'primary_title': 'liked_titles.primary_title',
                'release_year': 'liked_titles.release_year',
                'liked_text': 'also_liked.liked_text',
                'score': 'also_liked.score',
            }),
            record_of({
                'evidence': 'also_liked.evidence',
                'rank': 'also_liked.rank',
            }),
            'true'
        ) }} as also_liked
    from {{ ref('bridge_titles_also_liked') }} as also_liked
    left join {{ ref('dim_titles') }} as liked_titles
        on also_liked.liked_title_id = liked_titles.title_id
    where also_liked.title_id = titles.title_id
) as liked on true
left join lateral (
    select
        min_by(facts.fact_text, facts.fact_order) filter (
            where facts.fact_kind = 'outline'
        ) as outline,
        min_by(facts.fact_text, facts.fact_order) filter (
            where facts.fact_kind = 'storyline'
        ) as storyline,
        min_by(facts.fact_text, facts.fact_order) filter (
            where facts.fact_kind = 'storyline_author'
        ) as storyline_author,
        max(try_cast(facts.fact_text as integer)) filter (
            where facts.fact_kind = 'award_win_count'
        ) as award_win_count,
        max(try_cast(facts.fact_text as integer)) filter (
            where facts.fact_kind = 'award_nomination_count'
        ) as award_nomination_count,
        {{ list_where(
            'facts.fact_text', 'facts.fact_order', "facts.fact_kind = 'awards'"
        ) }} as awards,
        {{ list_where(
            'facts.fact_text', 'facts.fact_order', "facts.fact_kind = 'tagline'"
        ) }} as taglines,
        {{ list_where(
            'facts.fact_text',
            'facts.fact_order',
            "facts.fact_kind = 'filming_location'"
        ) }} as filming_locations,
        {{ list_where(
            'facts.fact_text', 'facts.fact_order', "facts.fact_kind = 'company'"
        ) }} as companies,
        {{ list_where(
            record_of({
                'fact_kind': 'facts.fact_kind',
                'fact_text': 'facts.fact_text',
            }),
            record_of({
                'fact_kind': 'facts.fact_kind',
                'fact_order': 'facts.fact_order',
            }),
            "facts.fact_kind not in ('outline', 'storyline', 'storyline_author', "
            "'award_win_count', 'award_nomination_count', 'awards', 'tagline', "
            "'filming_location', 'company')"
        ) }} as other_facts
    from {{ ref('dim_title_facts') }} as facts
    where facts.title_id = titles.title_id
) as title_facts on true
left join lateral (
    select
        {{ list_where(
            record_of({
                'title_name': 'title_names.title_name',
                'region': 'title_names.region',
                'language': 'title_names.language',
                'attributes': 'title_names.attributes',
                'name_source': 'title_names.name_source',
            }),
            record_of({
                'name_source': 'title_names.name_source',
                'name_order': 'title_names.name_order',
            }),
            'not coalesce(title_names.is_original, false)'
        ) }} as also_known_as
    from {{ ref('dim_title_names') }} as title_names
    where title_names.title_id = titles.title_id
) as other_names on true
left join lateral (
    select
        {{ list_where('keywords.keyword', 'keywords.keyword', 'true') }} as keywords
    from {{ ref('bridge_titles_keywords') }} as keywords
    where keywords.title_id = titles.title_id
) as title_keywords on true
left join lateral (
    select
        {{ list_where(
            record_of({
                'release_date': 'releases.release_date',
                'date_precision': 'releases.date_precision',
                'country_code': 'releases.country_code',
                'country_name': 'releases.country_name',
                'note': 'releases.note',
                'source': 'releases.source',
            }),
            record_of({
                'source': 'releases.source',
                'release_order': 'releases.release_order',
            }),
            'true'
        ) }} as release_dates
    from {{ ref('fct_releases') }} as releases
    where releases.title_id = titles.title_id
) as title_releases on true
left join lateral (
    select
        {{ list_where(
            record_of({
                'source': 'budgets.source',
                'amount': 'budgets.amount',
                'currency_code': 'budgets.currency_code',
                'is_estimated': 'budgets.is_estimated',
                'amount_usd': 'budgets.amount_usd',
                'amount_usd_real': 'budgets.amount_usd_real',
                'real_year': 'budgets.real_year',
            }),
            record_of({
                'source': 'budgets.source',
                'source_record_id': 'budgets.source_record_id',
            }),
            'budgets.amount is not null'
        ) }} as budgets
    from {{ ref('fct_budgets') }} as budgets
    where budgets.title_id = titles.title_id
) as title_budgets on true
left join lateral (
    select
        {{ list_where(
            record_of({
                'source': 'box_office.source',
                'amount_kind': 'box_office.amount_kind',
                'area': 'box_office.area',
                'as_of_date': 'box_office.as_of_date',
                'amount': 'box_office.amount',
                'currency_code': 'box_office.currency_code',
                'amount_usd': 'box_office.amount_usd',
                'amount_usd_real': 'box_office.amount_usd_real',
                'real_year': 'box_office.real_year',
            }),
            record_of({
                'source': 'box_office.source',
                'source_record_id': 'box_office.source_record_id',
                'amount_kind': 'box_office.amount_kind',
                'area': 'box_office.area',
            }),
            'box_office.amount is not null'
        ) }} as box_office
    from {{ ref('fct_box_office') }} as box_office
    where box_office.title_id = titles.title_id
) as title_grosses on true
left join lateral (
    select
        count(*) as review_count,
        {{ list_head(
            list_where(
                record_of({
                    'review_id': 'reviews.review_id',
                    'source': 'reviews.source',
                    'headline': 'reviews.headline',
                    'body': 'reviews.body',
                    'reviewer': 'reviews.reviewer',
                    'reviewer_location': 'reviews.reviewer_location',
                    'review_date': 'reviews.review_date',
                    'rating_10': 'reviews.rating_10',
                    'is_spoiler': 'reviews.is_spoiler',
                    'helpful_count': 'reviews.helpful_count',
                    'vote_count': 'reviews.vote_count',
                }),
                record_of({
                    'unhelpful_score': '-coalesce(reviews.helpful_score, -1)',
                    'review_id': 'reviews.review_id',
                }),
                'true'
            ),
            10
        ) }} as reviews
    from {{ ref('fct_reviews') }} as reviews
    where reviews.title_id = titles.title_id
) as title_reviews on true
left join lateral (
    select
        {{ list_where(
            record_of({
                'issuer': 'external_ids.issuer',
                'external_id': 'external_ids.external_id',
            }),
            record_of({
                'issuer': 'external_ids.issuer',
                'external_id': 'external_ids.external_id',
            }),
            'true'
        ) }} as external_ids
    from {{ ref('bridge_titles_external_ids') }} as external_ids
    where external_ids.title_id = titles.title_id
) as title_ids on true
