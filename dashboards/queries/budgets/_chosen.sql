-- Titles of a genre, a decade and with words in their name, of which NULL and no word are all,
-- and what they cost and took, in the dollars that were chosen.

select
    *,
    case when $is_real then budget_usd_real else budget_usd end as cost,
    case when $is_real then worldwide_gross_usd_real else worldwide_gross_usd end
        as gross
from marts.rpt_budget_performance
where
    grain = 'title'
    and ($genre::varchar is null or list_contains(genres, $genre))
    and ($decade::smallint is null or decade = $decade)
    -- strip_accents() ends a text at its first NUL
    and contains(
        lower(strip_accents(replace(coalesce(primary_title, ''), chr(0), ' '))),
        lower(strip_accents(replace($words, chr(0), ' ')))
    )
