-- Which genres have the most rated titles, and how are they rated?
select
    genres.genre_name,
    avg(titles.rating_average) as mean_rating,
    count(*) as title_count
from marts.rpt_top_titles as titles
inner join marts.bridge_titles_genres as pairs on titles.title_id = pairs.title_id
inner join marts.dim_genres as genres on pairs.genre_id = genres.genre_id
group by genres.genre_name
order by title_count desc
