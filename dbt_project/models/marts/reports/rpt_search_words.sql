-- One row per different word of the searchable names, numbered by the alphabet.

with

words as (

    select * from {{ ref('int_search_words_listed') }}

),

different_words as (

    select
        word,
        cast(count(*) as integer) as name_count,
        min(vote_rank) as best_vote_rank
    from words
    group by all

),

-- Words that begin alike have numbers in a row: the start of a word is a range.
numbered_words as (

    select
        cast(
            row_number() over (order by word asc nulls last) as integer
        ) as word_number,
        word,
        name_count,
        best_vote_rank
    from different_words

),

search_words as (

    select
        -- keys
        word_number,

        -- attributes
        word,

        -- measures
        name_count,
        best_vote_rank

    from numbered_words
    order by word_number asc nulls last

)

select * from search_words
