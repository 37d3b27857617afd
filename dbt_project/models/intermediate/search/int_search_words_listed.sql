-- One row per word of a searchable name, and per compound of words without its signs.

with

names as (

    select
        vote_rank,
        vote_count,
        cast(least(length(known_as), 1000) as smallint) as name_length,
        {{ fold_letters('known_as') }} as folded_name
    from {{ ref('rpt_search_names') }}

),

cut_names as (

    select
        vote_rank,
        vote_count,
        name_length,
        {{ extract_each('folded_name', '([\\p{L}\\p{N}]+)') }} as words,
        -- who looks for `don't`, `spider-man` or `e.t.` may leave the signs out
        {{ list_with_each(
            extract_each(
                'folded_name', '([\\p{L}\\p{N}]+(?:[\\x27.·*-][\\p{L}\\p{N}]+)+)'
            ),
            'compound',
            replace_each('compound', '[\\x27.·*-]', '')
        ) }} as compounds
    from names

),

single_words as (

    {{ explode_rows(
        'cut_names', ['vote_rank', 'vote_count', 'name_length'],
        'words', 'word', 'position'
    ) | indent(4) }}

),

compounds as (

    {{ explode_rows(
        'cut_names', ['vote_rank', 'vote_count', 'name_length'],
        'compounds', 'word', 'position'
    ) | indent(4) }}

),

words as (

    select
        word,
        vote_rank,
        vote_count,
        name_length
    from single_words

    union all

    select
        word,
        vote_rank,
        vote_count,
        name_length
    from compounds

)

select * from words
