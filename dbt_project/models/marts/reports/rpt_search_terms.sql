-- One row per word and title or person that has it in a name, in the order of words.

with

words as (

    select * from {{ ref('int_search_words_listed') }}

),

terms as (

    select
        -- keys
        term,
        title_id,
        person_id,

        -- measures
        min(word_count) as word_count,
        max(vote_count) as vote_count

    from words
    group by all

),

-- Search reads the few row groups that hold its words: the order on disk is the index.
search_terms as (

    select *
    from terms
    order by
        term asc nulls last,
        vote_count desc nulls last,
        title_id asc nulls last,
        person_id asc nulls last

)

select * from search_terms
