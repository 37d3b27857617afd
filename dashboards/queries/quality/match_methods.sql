-- One row per feed, source, outcome and method of matching.

with

matches as (

    select
        feed,
        source,
        outcome,
        method,
        score
    from ops.match_results

),

methods as (

    select
        feed,
        source,
        outcome,
        method,
        count(*) as record_count,
        avg(score) as mean_score
    from matches
    group by all

)

select * from methods
order by
    feed asc,
    source asc,
    record_count desc,
    method asc
