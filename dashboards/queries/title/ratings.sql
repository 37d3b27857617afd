-- One row per day on which a title's rating or votes changed, the latest 200.

with

rated_days as (

    select
        rating_date,
        rating_average,
        vote_count,
        new_vote_count
    from marts.fct_title_ratings_daily
    where
        title_id = $title_id
        and rating_average is not null
    order by rating_date desc
    limit 200

)

select * from rated_days
order by rating_date
