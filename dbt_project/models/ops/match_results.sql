-- One row per record of another feed that had to be matched to a title or person.

with

match_results as (

    select
        -- keys
        cast(null as string) as feed,
        cast(null as string) as source,
        cast(null as string) as source_record_id,
        cast(null as bigint) as title_id,

        -- attributes
        cast(null as string) as method,
        cast(null as string) as evidence,
        cast(null as string) as outcome,

        -- measures
        cast(null as double) as score

    -- IMDb's own ids need no matching: no row until a feed without them lands.
    where false

)

select * from match_results
