-- One row per title that moved most in weighted rating, or most in votes, on the newest day.

select
    title_id,
    title_type,
    primary_title,
    release_year,
    rating_date,
    previous_rating_date,
    rating_average,
    previous_rating_average,
    rating_change,
    vote_count,
    previous_vote_count,
    new_vote_count,
    rating_rank,
    votes_rank
from marts.rpt_rating_movers
where rating_rank <= $rank_limit or votes_rank <= $rank_limit
order by rating_rank asc, title_id asc
limit 200
