-- The words that share a spelling with a typed one and are near it: a typo away, or, of a
-- longer word, one in three letters.
with

-- The typed word is a column here: as a constant it would be compared with every word there
-- is, before the few candidates are joined.
given as (
    select
        unnest($hashes::integer[]) as spelling_hash,
        unnest(list_transform($hashes, lambda one: $typed::varchar)) as typed
),

candidates as (
    select distinct
        spellings.word_number,
        given.typed
    from marts.rpt_search_spellings as spellings
    inner join given
        on spellings.spelling_hash = given.spelling_hash
),

measured as (
    select
        words.word_number,
        words.word,
        words.name_count,
        words.best_vote_rank,
        damerau_levenshtein(words.word, candidates.typed) as typo_count
    from candidates
    inner join marts.rpt_search_words as words
        on candidates.word_number = words.word_number
)

select
    word_number,
    word,
    name_count,
    typo_count
from measured
where
    typo_count = 1
    or (typo_count > 1 and typo_count <= length($typed) // 3)
order by
    typo_count asc,
    best_vote_rank asc,
    word_number asc
limit $word_limit
