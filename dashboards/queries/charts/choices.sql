-- One row: by what the rated titles can be chosen; types by their votes, decades from the newest.

with

types as (

    select
        title_type,
        sum(vote_count) as vote_count
    from marts.rpt_top_titles
    where title_type is not null
    group by all

),

decades as (

    select release_year // 10 * 10 as decade
    from marts.rpt_top_titles
    where release_year is not null
    group by all

)

select
    (select list(title_type order by vote_count desc) from types) as title_types,
    (select list(decade order by decade desc) from decades) as decades,
    (select list(genre_name order by genre_name) from marts.dim_genres) as genres
