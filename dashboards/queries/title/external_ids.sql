-- One row per id of a title: publishers', and ours of before.

select
    issuer,
    external_id
from marts.bridge_titles_external_ids
where title_id = $title_id
order by
    issuer,
    external_id
