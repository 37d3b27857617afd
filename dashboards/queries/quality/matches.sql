-- One row per feed and source whose records had to be matched, by how it ended.

with

matches as (

    select
        feed,
        source,
        outcome
    from ops.match_results

),

sources as (

    select
        feed,
        source,
        count(*) as record_count,
        count(*) filter (where outcome = 'matched') as matched_count,
        count(*) filter (where outcome = 'ambiguous') as ambiguous_count,
        count(*) filter (where outcome = 'unmatched') as unmatched_count,
        count(*) filter (where outcome = 'matched') / count(*) as matched_share
    from matches
    group by all

)

select * from sources
order by
    feed asc,
    source asc
