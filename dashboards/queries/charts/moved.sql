-- One row: how many titles moved, on which day; how many days of ratings there are.

select
    (select count(*) from marts.rpt_rating_movers) as mover_count,
    (select max(rating_date) from marts.rpt_rating_movers) as moved_on,
    (select max(rating_date) from marts.fct_title_ratings_daily) as newest_day
