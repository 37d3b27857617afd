-- One row per three letters and word of rpt_search_terms that has them, in the order of
-- the letters.

with

search_terms as (

    select term
    from {{ ref('rpt_search_terms') }}

),

-- Two letters have no spelling but their own; nobody types forty.
counted_terms as (

    select
        term,
        count(*) as name_count
    from search_terms
    where length(term) between 3 and 40
    group by all

),

spelled_terms as (

    select
        *,
        {{ trigrams('term') }} as trigrams
    from counted_terms

),

sized_terms as (

    select
        *,
        cast({{ list_size('trigrams') }} as smallint) as trigram_count
    from spelled_terms

),

exploded_terms as (

    {{ explode_rows(
        'sized_terms', ['term', 'trigram_count', 'name_count'],
        'trigrams', 'trigram', 'position'
    ) | indent(4) }}

),

-- As in rpt_search_terms, the order on disk is the index.
search_spellings as (

    select
        -- keys
        trigram,
        term,

        -- measures
        trigram_count,
        name_count

    from exploded_terms
    order by
        trigram asc nulls last,
        trigram_count asc nulls last,
        term asc nulls last

)

select * from search_spellings
