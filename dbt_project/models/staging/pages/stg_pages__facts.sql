-- One row per fact that a captured page states.

with

facts as (

    select * from {{ source('pages', 'facts') }}

),

page_facts as (

    select
        -- keys
        capture_id,
        fact_kind,
        fact_order,

        -- attributes
        fact_text

    from facts

)

select * from page_facts
