-- All names of the titles and people that may be meant.
select
    vote_rank,
    title_id,
    person_id,
    context_vote_rank,
    known_as,
    title_type,
    release_year,
    birth_year,
    cast(rating_average as double) as rating_average,
    vote_count,
    is_shown
from marts.rpt_search_names
where vote_rank in (select unnest($vote_ranks::integer[]))
