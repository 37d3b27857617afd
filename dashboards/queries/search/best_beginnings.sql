-- Of too many words that begin as a typed one does, those of the best known names.
select
    word_number,
    word,
    name_count
from marts.rpt_search_words
where word >= $typed and word < $typed || chr(1114111)
order by best_vote_rank asc, word_number asc
limit $word_limit
