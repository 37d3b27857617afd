-- One row per column that names titles or people: how much of it no dump describes.

with

orphans as (

    select * from {{ ref('int_orphans_found') }}

),

watched_columns as (

    {% for table_name, column_name, member_kind in [
    ('fct_credits', 'title_id', 'title'),
    ('fct_credits', 'person_id', 'person'),
    ('dim_title_names', 'title_id', 'title'),
    ('bridge_series_episodes', 'episode_id', 'title'),
    ('bridge_series_episodes', 'series_id', 'title'),
    ('bridge_people_known_titles', 'title_id', 'title'),
    ('fct_title_ratings_daily', 'title_id', 'title'),
    ('stg_imdb__ratings', 'title_id', 'title'),
    ('match_results', 'title_id', 'title'),
] %}
    select
        '{{ table_name }}' as table_name,
        '{{ column_name }}' as column_name,
        '{{ member_kind }}' as member_kind
    {%- if not loop.last %}

    union all
    {% endif %}
    {% endfor %}

),

orphan_counts as (

    select
        -- keys
        watched_columns.table_name,
        watched_columns.column_name,

        -- attributes
        watched_columns.member_kind,

        -- measures
        cast(coalesce(sum(orphans.row_count), 0) as bigint) as orphan_row_count,
        count(orphans.member_id) as orphan_member_count

    from watched_columns
    left join orphans
        on
            watched_columns.table_name = orphans.table_name
            and watched_columns.column_name = orphans.column_name
    group by all

)

select * from orphan_counts
