-- One row per genre, with its titles of the type; the one with most first.

select
    genre_name,
    cast(sum(title_count) as bigint) as title_count
from marts.rpt_genres_by_year
where $title_type is null or title_type = $title_type
group by all
order by title_count desc, genre_name asc
