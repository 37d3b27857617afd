-- One row per record without a published id and different name it may have.

with

records as (

    select * from {{ ref('int_records_identified') }}
    where title_id is null

),

page_names as (

    select * from {{ ref('stg_pages__names') }}

),

stated_titles as (

    select
        record_number,
        {{ replace_each('trim(title)', ' *\\((?:18|19|20)[0-9]{2}\\)$', '') }}
            as title_name
    from records
    where title is not null

    union all

    select
        record_number,
        trim(original_title) as title_name
    from records
    where original_title is not null

),

-- MovieLens writes "Title, The (Autre titre, L') (a.k.a. Other)".
parted_titles as (

    select
        record_number,
        title_name,
        {{ without_brackets('title_name') }} as title_before,
        {{ extract_each('title_name', '\\(([^()]+)\\)') }} as names_inside
    from stated_titles

),

names_inside as (

    {{ explode_rows(
        'parted_titles', ['record_number'], 'names_inside', 'title_name', 'name_order'
    ) | indent(4) }}

),

all_names as (

    select
        record_number,
        title_name,
        'title' as name_kind
    from parted_titles

    union all

    select
        record_number,
        title_before as title_name,
        'title' as name_kind
    from parted_titles

    union all

    select
        record_number,
        {{ replace_each('title_name', '^(?i:a\\.?k\\.?a\\.?) +', '') }} as title_name,
        'alternate' as name_kind
    from names_inside

    union all

    select
        records.record_number,
        page_names.title_name,
        'alternate' as name_kind
    from page_names
    inner join records
        on
            page_names.capture_id = records.capture_id
            and records.source = 'page'

),

inverted_names as (

    select
        record_number,
        name_kind,
        {{ article_first('trim(title_name)') }} as title_name
    from all_names

),

-- "Rocky II" and "Rocky 2" are one; IMDb's names are left as they are.
numbered_names as (

    select
        record_number,
        name_kind,
        title_name
    from inverted_names

    union all

    select
        record_number,
        name_kind,
        {{ numerals_as_digits('title_name') }} as title_name
    from inverted_names

    union all

    select
        record_number,
        name_kind,
        {{ digits_as_numerals('title_name') }} as title_name
    from inverted_names

),

keyed_names as (

    select
        -- keys
        record_number,
        {{ loose_title_key('title_name') }} as loose_key,
        {{ exact_title_key('title_name') }} as exact_key,

        -- attributes
        max(name_kind) as name_kind

    from numbered_names
    where title_name <> ''
    group by all

)

select * from keyed_names
