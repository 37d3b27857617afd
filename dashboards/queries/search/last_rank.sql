select max(vote_rank) as last_rank from marts.rpt_search_names
