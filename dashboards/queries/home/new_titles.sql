-- One row per title to show of those that IMDb's newest changed dump added: most votes first.

select
    title_id,
    title_type,
    primary_title,
    release_year,
    end_year,
    runtime_minutes,
    genres,
    rating_average,
    vote_count
from marts.dim_titles
where
    first_seen_at = (select max(first_seen_at) from marts.dim_titles)
    and is_adult is not true
order by
    -- A series says more than its newest hundred episodes.
    title_type = 'tvEpisode' asc,
    vote_count desc nulls last,
    release_year desc nulls last,
    title_id desc
limit $row_limit
