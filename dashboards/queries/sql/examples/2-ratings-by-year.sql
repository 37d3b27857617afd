-- How did the rating of films change over the years?
select
    release_year,
    avg(rating_average) as mean_rating
from marts.rpt_top_titles
where title_type = 'movie' and release_year is not null
group by release_year
order by release_year
