-- One row per captured page of a title, the newest first.

select
    url,
    captured_at,
    layout,
    source_file,
    line_count,
    unparsed_line_count
from marts.fct_page_captures
where title_id = $title_id
order by
    captured_at desc nulls last,
    source_file
