-- The words that begin as a typed one does: they have numbers in a row, itself first.
select
    min(word_number) as first_number,
    max(word_number) as last_number,
    sum(name_count) as name_count,
    max(word_number) filter (where word = $typed) as exact_number,
    max(name_count) filter (where word = $typed) as exact_name_count
from marts.rpt_search_words
-- U+10FFFF is the last character there is
where word >= $typed and word < $typed || chr(1114111)
