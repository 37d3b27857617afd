-- One row: when the newest run of this release was published, and what its gates said.

with

latest_runs as (

    select
        run_id,
        finished_at
    from ops.runs
    where release is not null
    order by run_id desc
    limit 1

),

verdicts as (

    select
        latest_runs.run_id,
        latest_runs.finished_at,
        count(gates.verdict) as check_count,
        count(*) filter (where gates.verdict = 'passed') as passed_count,
        count(*) filter (where gates.verdict = 'reported') as reported_count
    from latest_runs
    left join ops.gate_results as gates
        on latest_runs.run_id = gates.run_id
    group by all

)

select * from verdicts
