-- One row per record without a published id and title that bears one of its names in
-- about its year. Names are keyed only where a record's year reaches their title.

with

records as (

    select * from {{ ref('int_records_identified') }}
    where title_id is null and release_year is not null

),

record_names as (

    select * from {{ ref('int_record_names_keyed') }}

),

titles as (

    select * from {{ ref('stg_imdb__titles') }}

),

title_names as (

    select * from {{ ref('stg_imdb__title_names') }}

),

years_in_reach as (

    {% for step in [-1, 0, 1] %}
    select
        cast(release_year + {{ step }} as smallint) as release_year,
        coalesce(title_type = 'tvEpisode', false) as is_episode
    from records
    {%- if not loop.last %}

    union
    {% endif %}
    {% endfor %}

),

titles_in_reach as (

    select
        titles.title_id,
        titles.primary_title,
        titles.original_title,
        titles.release_year,
        titles.title_type
    from titles
    semi join years_in_reach
        on
            titles.release_year = years_in_reach.release_year
            and (titles.title_type is not distinct from 'tvEpisode')
            = years_in_reach.is_episode

),

-- A page of an episode states its title. Other names of ten million episodes would
-- take most of the time, and they are mostly "Episode 5" in other languages.
works_in_reach as (

    select title_id
    from titles_in_reach
    where title_type is distinct from 'tvEpisode'

),

names_in_reach as (

    select
        title_id,
        primary_title as title_name,
        true as is_main_name
    from titles_in_reach
    where primary_title is not null

    union all

    select
        title_id,
        original_title as title_name,
        true as is_main_name
    from titles_in_reach
    where original_title <> primary_title

    union all

    select
        title_names.title_id,
        title_names.title_name,
        false as is_main_name
    from title_names
    semi join works_in_reach
        on title_names.title_id = works_in_reach.title_id
    where title_names.title_name is not null

),

keyed_names as (

    select
        title_id,
        title_name,
        is_main_name,
        {{ loose_title_key('title_name') }} as loose_key
    from names_in_reach

),

shared_names as (

    select
        record_names.record_number,
        record_names.name_kind,
        record_names.loose_key,
        record_names.exact_key,
        keyed_names.title_id,
        keyed_names.title_name,
        keyed_names.is_main_name,
        {{ exact_title_key('keyed_names.title_name') }} = record_names.exact_key
            as is_exact
    from keyed_names
    inner join record_names
        on keyed_names.loose_key = record_names.loose_key

),

weighed_names as (

    select
        *,
        case
            when is_main_name and is_exact then {{ match_weight('main_name') }}
            when is_main_name then {{ match_weight('main_name_but_article') }}
            when is_exact then {{ match_weight('other_name') }}
            else {{ match_weight('other_name_but_article') }}
        end
        * case
            when name_kind = 'title' then 1
            else {{ match_weight('alternate_name') }}
        end as name_weight
    from shared_names

),

name_candidates as (

    select
        -- keys
        weighed_names.record_number,
        weighed_names.title_id,

        -- attributes
        max_by(weighed_names.title_name, weighed_names.name_weight) as title_name,
        max_by(weighed_names.is_main_name, weighed_names.name_weight) as is_main_name,

        -- measures
        max(weighed_names.name_weight) as name_weight,
        count(distinct weighed_names.exact_key) as name_count,
        min(length(weighed_names.loose_key)) as key_length

    from weighed_names
    inner join records
        on weighed_names.record_number = records.record_number
    inner join titles_in_reach
        on weighed_names.title_id = titles_in_reach.title_id
    where
        titles_in_reach.release_year
        between records.release_year - 1 and records.release_year + 1
    group by all

)

select * from name_candidates
