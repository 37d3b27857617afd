-- One row per title that first opened on this day of an earlier year, as far as a source dates it
-- to the day: the best known first.

with

first_releases as (

    select
        title_id,
        min(release_date) as release_date
    from marts.fct_releases
    where date_precision = 'day'
    group by all

),

openings as (

    select *
    from first_releases
    where month(release_date) = $month and day(release_date) = $day

)

select
    titles.title_id,
    titles.title_type,
    titles.primary_title,
    titles.rating_average,
    titles.vote_count,
    openings.release_date,
    year(openings.release_date) as release_year
from openings
inner join marts.dim_titles as titles
    on openings.title_id = titles.title_id
where
    not titles.is_inferred
    -- Unknown is not adult.
    and titles.is_adult is not true
    and year(openings.release_date) < $year
order by titles.vote_count desc nulls last, titles.title_id asc
limit $row_limit
