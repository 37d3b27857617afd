-- One row: a live figure for each way into the rest of the app.

with

genres as (

    select
        genre_name,
        sum(title_count) as title_count
    from marts.rpt_genres_by_year
    group by all
    order by title_count desc, genre_name asc
    limit 1

),

returns as (

    select
        count(*) as return_title_count,
        median(return_on_budget) as median_return
    from marts.rpt_budget_performance
    where grain = 'title' and return_on_budget is not null

),

reviewed_titles as (

    select
        title_id,
        primary_title,
        review_count
    from marts.rpt_title_reviews
    order by review_count desc, title_id asc
    limit 1

)

select
    genres.genre_name,
    genres.title_count as genre_title_count,
    returns.return_title_count,
    returns.median_return,
    reviewed_titles.title_id as reviewed_title_id,
    reviewed_titles.primary_title as reviewed_title,
    reviewed_titles.review_count as reviewed_count,
    (
        select count(*) from information_schema.tables
        where table_schema in ('marts', 'ops')
    ) as table_count
from returns
left join genres on true
left join reviewed_titles on true
