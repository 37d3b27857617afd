    -- names with the typed word or one it may stand for
    select
        terms.vote_rank,
        {place} as place,
        meanings.gain,
        terms.name_length,
        terms.vote_count
    from marts.rpt_search_terms as terms
    inner join (
        select
            unnest($numbers_{place}::integer[]) as word_number,
            unnest($gains_{place}::double[]) as gain
    ) as meanings
        on terms.word_number = meanings.word_number
    where terms.vote_rank <= $ceiling_{place}
