-- One row per word and spelling of it that lacks at most a letter, in the order of the
-- spellings' hashes.

with

search_words as (

    select
        word_number,
        word
    from {{ ref('rpt_search_words') }}

),

-- Two letters have no spelling but their own; nobody types a word of thirty.
spelled_words as (

    select
        word_number,
        {{ spellings('word') }} as spellings
    from search_words
    where length(word) between 3 and 24

),

exploded_spellings as (

    {{ explode_rows(
        'spelled_words', ['word_number'], 'spellings', 'spelling', 'position'
    ) | indent(4) }}

),

-- Vowels and h are what people get wrong in the names they only heard.
skeletons as (

    select
        word_number,
        '~' || {{ replace_each('word', '[aeiouyh]', '') }} as spelling
    from search_words
    where length(word) between 6 and 24

),

all_spellings as (

    select
        word_number,
        spelling
    from exploded_spellings

    union all

    select
        word_number,
        spelling
    from skeletons

),

-- As in rpt_search_terms, the order on disk is the index.
search_spellings as (

    select
        -- keys
        {{ short_hash('spelling') }} as spelling_hash,
        word_number

    from all_spellings
    order by
        spelling_hash asc nulls last,
        word_number asc nulls last

)

select * from search_spellings
