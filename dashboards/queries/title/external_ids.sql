-- One row per id that a publisher gives a title; ours of before are not a publisher's.

select
    issuer,
    external_id
from marts.bridge_titles_external_ids
where
    title_id = $title_id
    and issuer <> 'arthouse'
order by
    issuer,
    external_id
