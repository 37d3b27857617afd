-- One row per keyword of a title.

select keyword
from marts.bridge_titles_keywords
where title_id = $title_id
order by keyword
