-- What are the three best films of each decade?
select
    release_year // 10 * 10 as decade,
    primary_title,
    release_year,
    weighted_rating,
    vote_count
from marts.rpt_top_titles
where title_type = 'movie' and release_year is not null
qualify row_number() over (partition by decade order by type_rank) <= 3
order by decade desc, type_rank
