-- One row per other name of a title.

select
    title_name,
    region,
    language,
    name_types,
    attributes,
    name_source
from marts.dim_title_names
where
    title_id = $title_id
    and not coalesce(is_original, false)
order by
    name_source,
    name_order
