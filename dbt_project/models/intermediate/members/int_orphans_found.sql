-- One row per title or person that a column names and no dump describes.

with

titles as (

    select title_id
    from {{ ref('stg_imdb__titles') }}

),

people as (

    select person_id
    from {{ ref('stg_imdb__people') }}

),

principals as (

    select
        title_id,
        person_id
    from {{ ref('stg_imdb__principals') }}

),

crew_credits as (

    select
        title_id,
        person_id
    from {{ ref('int_crew_credits_numbered') }}

),

title_names as (

    select title_id
    from {{ ref('stg_imdb__title_names') }}

),

episodes as (

    select
        episode_id,
        series_id
    from {{ ref('stg_imdb__episodes') }}

),

known_titles as (

    select * from {{ ref('int_known_titles_listed') }}

),

ratings as (

    select title_id
    from {{ ref('stg_imdb__ratings') }}

),

settled_ratings as (

    select * from {{ ref('int_title_ratings_settled') }}

),

matched_records as (

    select title_id
    from {{ ref('int_records_matched') }}
    where title_id > 0

),

page_credits as (

    select
        title_id,
        person_id
    from {{ ref('int_page_credits_numbered') }}
    where not is_in_dumps

),

-- Negative keys are of our own making: their rows are no orphans.
titles_of_pages as (

    select title_id
    from page_credits
    where title_id > 0

),

people_of_pages as (

    select person_id
    from page_credits
    where person_id > 0

),

named_titles as (

    {% for table_name, column_name, relation in [
    ('fct_credits', 'title_id', 'principals'),
    ('fct_credits', 'title_id', 'crew_credits'),
    ('fct_credits', 'title_id', 'titles_of_pages'),
    ('dim_title_names', 'title_id', 'title_names'),
    ('bridge_series_episodes', 'episode_id', 'episodes'),
    ('bridge_series_episodes', 'series_id', 'episodes'),
    ('bridge_people_known_titles', 'title_id', 'known_titles'),
    ('fct_title_ratings_daily', 'title_id', 'settled_ratings'),
    ('stg_imdb__ratings', 'title_id', 'ratings'),
    ('match_results', 'title_id', 'matched_records'),
] %}
    select
        '{{ table_name }}' as table_name,
        '{{ column_name }}' as column_name,
        {{ column_name }} as member_id
    from {{ relation }}
    {%- if not loop.last %}

    union all
    {% endif %}
    {% endfor %}

),

named_people as (

    {% for relation in ['principals', 'crew_credits', 'people_of_pages'] %}
    select
        'fct_credits' as table_name,
        'person_id' as column_name,
        person_id as member_id
    from {{ relation }}
    {%- if not loop.last %}

    union all
    {% endif %}
    {% endfor %}

),

orphans as (

    select
        'title' as member_kind,
        named_titles.*
    from named_titles
    anti join titles
        on named_titles.member_id = titles.title_id

    union all

    select
        'person' as member_kind,
        named_people.*
    from named_people
    anti join people
        on named_people.member_id = people.person_id

),

counted_orphans as (

    select
        -- keys
        member_kind,
        table_name,
        column_name,
        member_id,

        -- measures
        count(*) as row_count

    from orphans
    group by all

)

select * from counted_orphans
