-- One row: the id of the title with the highest rank.

with

best as (

    select title_id
    from marts.rpt_top_titles
    where overall_rank = 1

)

select * from best
