-- One row per feed, table, column and reason to refuse lines; a hundred at most.

with

refused as (

    select
        feed,
        table_name,
        column_name,
        -- Reasons that name another line are one reason.
        regexp_replace(reason, 'line \d+', 'another line') as reason,
        source_file,
        first_line_number,
        sample_lines,
        reject_count
    from ops.rejects

),

reasons as (

    select
        feed,
        table_name,
        column_name,
        reason,
        count(distinct source_file) as file_count,
        sum(reject_count)::bigint as reject_count,
        min_by(source_file, source_file) as first_file,
        min_by(first_line_number, source_file) as first_line_number,
        min_by(sample_lines, source_file) as sample_lines
    from refused
    group by all

),

counted as (

    select
        *,
        count(*) over () as reason_count,
        sum(reject_count) over ()::bigint as total_count
    from reasons

)

select * from counted
order by
    reject_count desc,
    feed asc,
    table_name asc,
    reason asc
limit 100
