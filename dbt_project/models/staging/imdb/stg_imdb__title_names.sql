-- One row per name under which IMDb lists a title, as of the pinned snapshot.

with

title_akas as (

    select * from {{ source('imdb', 'title_akas') }}

),

title_names as (

    select
        -- keys
        titleid as title_id,
        ordering as name_order,

        -- attributes
        title as title_name,
        region,
        language,
        types as name_types,
        attributes,

        -- flags
        isoriginaltitle as is_original

    from title_akas

)

select * from title_names
