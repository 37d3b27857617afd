-- One row per word of a name, in the order of words, then of votes.

with

words as (

    select * from {{ ref('int_search_words_listed') }}

),

search_words as (

    select
        word,
        word_number
    from {{ ref('rpt_search_words') }}

),

-- Search reads the few row groups that hold its words: the order on disk is the index.
search_terms as (

    select
        -- keys
        search_words.word_number,
        words.vote_rank,

        -- measures
        words.name_length,
        words.vote_count

    from words
    inner join search_words
        on words.word = search_words.word
    order by
        search_words.word_number asc nulls last,
        words.vote_rank asc nulls last,
        words.name_length asc nulls last

)

select * from search_terms
