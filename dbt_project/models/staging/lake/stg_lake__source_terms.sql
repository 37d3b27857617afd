-- One row per source in the catalogue: who publishes it and on which terms.

with

source_terms as (

    select * from {{ source('lake', 'source_terms') }}

),

publishers_terms as (

    select
        -- keys
        feed,
        source,

        -- attributes
        publisher,
        url,
        licence,
        attribution,

        -- flags
        may_redistribute

    from source_terms

)

select * from publishers_terms
