-- One row: how many titles are rated, and how many of them were chosen.

select
    count(*) as rated_count,
    count(*) filter (
        where
            vote_count >= $min_votes
            and ($is_adult_shown or is_adult is not true)
            and ($title_type is null or title_type = $title_type)
            and ($genre is null or list_contains(genres, $genre))
            and ($decade is null or release_year // 10 * 10 = $decade)
    ) as chosen_count
from marts.rpt_top_titles
