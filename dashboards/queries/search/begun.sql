    -- names with a word that begins as the typed one does
    select
        vote_rank,
        {place} as place,
        $begun_gain_{place} as gain,
        name_length,
        vote_count
    from marts.rpt_search_terms
    where word_number between $first_{place} and $last_{place}
