-- The two words that a typed one consists of; of several such pairs the best known.
with

places as (
    select unnest(range(2, length($typed) - 1)) as place
),

pairs as (
    select
        left($typed, place) as first_word,
        substr($typed, place + 1) as second_word
    from places
),

known_words as (
    select
        word,
        best_vote_rank
    from marts.rpt_search_words
    where word in (select first_word from pairs union all select second_word from pairs)
)

select
    pairs.first_word,
    pairs.second_word
from pairs
inner join known_words as first_known
    on pairs.first_word = first_known.word
inner join known_words as second_known
    on pairs.second_word = second_known.word
order by greatest(first_known.best_vote_rank, second_known.best_vote_rank) asc
limit 1
