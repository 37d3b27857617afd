-- One row per title with a budget or gross in US dollars, and per genre, decade, or
-- genre in a decade of films: `grain` says which.

with

titles as (

    select * from {{ ref('dim_titles') }}

),

budgeted_titles as (

    select * from {{ ref('int_titles_budgeted') }}

),

title_genres as (

    select * from {{ ref('bridge_titles_genres') }}

),

genres as (

    select * from {{ ref('dim_genres') }}

),

titles_with_money as (

    select
        budgeted_titles.*,
        titles.primary_title,
        titles.title_type,
        titles.release_year,
        titles.genres,
        cast(floor(titles.release_year / 10) * 10 as smallint) as decade,
        budgeted_titles.worldwide_gross_usd / budgeted_titles.budget_usd
            as return_on_budget,
        budgeted_titles.worldwide_gross_usd_real / budgeted_titles.budget_usd_real
            as return_on_budget_real
    from budgeted_titles
    inner join titles
        on budgeted_titles.title_id = titles.title_id

),

-- What a list of films alone knows has no type.
films as (

    select
        titles.title_id,
        cast(floor(titles.release_year / 10) * 10 as smallint) as decade,
        titles_with_money.budget_usd,
        titles_with_money.budget_usd_real,
        titles_with_money.worldwide_gross_usd,
        titles_with_money.worldwide_gross_usd_real,
        titles_with_money.return_on_budget
    from titles
    left join titles_with_money
        on titles.title_id = titles_with_money.title_id
    where
        titles.title_type = 'movie'
        or (titles.title_type is null and titles_with_money.title_id is not null)

),

films_of_genres as (

    select
        films.*,
        title_genres.genre_id
    from films
    inner join title_genres
        on films.title_id = title_genres.title_id

),

groups_of_films as (

    {% for grain, relation, genre_id, decade in [
    ('genre', 'films_of_genres', 'genre_id', 'cast(null as smallint)'),
    ('decade', 'films', 'cast(null as string)', 'decade'),
    ('genre_and_decade', 'films_of_genres', 'genre_id', 'decade'),
] %}
    select
        '{{ grain }}' as grain,
        {{ genre_id }} as genre_id,
        {{ decade }} as decade,
        count(*) as title_count,
        count(budget_usd) as budget_title_count,
        count(worldwide_gross_usd) as gross_title_count,
        count(return_on_budget) as return_title_count,
        {% for measure in [
        'budget_usd', 'budget_usd_real', 'worldwide_gross_usd', 'worldwide_gross_usd_real'
    ] %}
        -- Whole dollars, so that the order of adding does not show.
        round(sum({{ measure }}) filter (where return_on_budget is not null))
            as {{ measure }},
        {% endfor %}
        median(return_on_budget) as median_return_on_budget
    from {{ relation }}
    group by all
    {%- if not loop.last %}

    union all
    {% endif %}
    {% endfor %}

),

rows_of_every_grain as (

    select
        'title' as grain,
        title_id,
        null as genre_id,
        decade,
        primary_title,
        title_type,
        release_year,
        genres,
        budget_source,
        budget_currency_code,
        worldwide_gross_source,
        case
            when worldwide_gross_usd is not null then 'worldwide'
            when unspecified_gross_usd is not null then 'unspecified'
            when domestic_gross_usd is not null then 'domestic'
            else 'none'
        end as widest_gross_area,
        1 as title_count,
        case when budget_usd is null then 0 else 1 end as budget_title_count,
        case when worldwide_gross_usd is null then 0 else 1 end as gross_title_count,
        case when return_on_budget is null then 0 else 1 end as return_title_count,
        budget_count,
        budget_spread_ratio,
        budget_usd,
        budget_usd_real,
        worldwide_gross_usd,
        worldwide_gross_usd_real,
        domestic_gross_usd,
        unspecified_gross_usd,
        return_on_budget,
        return_on_budget_real,
        return_on_budget as median_return_on_budget
    from titles_with_money

    union all

    select
        grain,
        null as title_id,
        genre_id,
        decade,
        null as primary_title,
        null as title_type,
        null as release_year,
        null as genres,
        null as budget_source,
        null as budget_currency_code,
        null as worldwide_gross_source,
        null as widest_gross_area,
        title_count,
        budget_title_count,
        gross_title_count,
        return_title_count,
        null as budget_count,
        null as budget_spread_ratio,
        budget_usd,
        budget_usd_real,
        worldwide_gross_usd,
        worldwide_gross_usd_real,
        null as domestic_gross_usd,
        null as unspecified_gross_usd,
        worldwide_gross_usd / nullif(budget_usd, 0) as return_on_budget,
        worldwide_gross_usd_real / nullif(budget_usd_real, 0) as return_on_budget_real,
        median_return_on_budget
    from groups_of_films

),

budget_performance as (

    select
        -- keys
        rows_of_every_grain.grain,
        rows_of_every_grain.title_id,
        rows_of_every_grain.genre_id,
        rows_of_every_grain.decade,

        -- attributes
        genres.genre_name,
        rows_of_every_grain.primary_title,
        rows_of_every_grain.title_type,
        rows_of_every_grain.release_year,
        rows_of_every_grain.genres,
        rows_of_every_grain.budget_source,
        rows_of_every_grain.budget_currency_code,
        rows_of_every_grain.worldwide_gross_source,
        rows_of_every_grain.widest_gross_area,

        -- measures
        rows_of_every_grain.title_count,
        rows_of_every_grain.budget_title_count,
        rows_of_every_grain.gross_title_count,
        rows_of_every_grain.return_title_count,
        rows_of_every_grain.budget_count,
        rows_of_every_grain.budget_spread_ratio,
        rows_of_every_grain.budget_usd,
        rows_of_every_grain.budget_usd_real,
        rows_of_every_grain.worldwide_gross_usd,
        rows_of_every_grain.worldwide_gross_usd_real,
        rows_of_every_grain.domestic_gross_usd,
        rows_of_every_grain.unspecified_gross_usd,
        rows_of_every_grain.return_on_budget,
        rows_of_every_grain.return_on_budget_real,
        rows_of_every_grain.median_return_on_budget

    from rows_of_every_grain
    left join genres
        on rows_of_every_grain.genre_id = genres.genre_id

)

select * from budget_performance
