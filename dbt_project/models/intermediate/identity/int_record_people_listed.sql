-- One row per record without a published id and person that it names.

with

records as (

    select * from {{ ref('int_records_identified') }}
    where title_id is null

),

page_credits as (

    select * from {{ ref('stg_pages__credits') }}

),

also_liked as (

    select * from {{ ref('stg_pages__also_liked') }}

),

directors as (

    {{ explode_rows(
        'also_liked', ['capture_id', 'liked_order'], 'directors', 'person_name', 'place'
    ) | indent(4) }}

),

stars as (

    {{ explode_rows(
        'also_liked', ['capture_id', 'liked_order'], 'stars', 'person_name', 'place'
    ) | indent(4) }}

),

liked_people as (

    select * from directors

    union all

    select * from stars

),

named_people as (

    select
        records.record_number,
        page_credits.person_name
    from page_credits
    inner join records
        on
            page_credits.capture_id = records.capture_id
            and records.source = 'page'

    union all

    select
        records.record_number,
        liked_people.person_name
    from liked_people
    inner join records
        on
            liked_people.capture_id = records.capture_id
            and liked_people.liked_order = records.liked_order

),

different_people as (

    select
        -- keys
        record_number,
        person_name,

        -- attributes
        {{ exact_title_key('person_name') }} as name_key

    from named_people
    where person_name is not null
    group by all

)

select * from different_people
