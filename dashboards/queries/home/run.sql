-- One row: the run that published this release, and what its gates said.

with

latest_runs as (

    select
        run_id,
        started_at,
        finished_at
    from ops.runs
    where release is not null
    order by run_id desc
    limit 1

),

verdicts as (

    select
        count(*) as check_count,
        count(*) filter (where gates.verdict = 'passed') as passed_count,
        count(*) filter (where gates.verdict = 'reported') as reported_count,
        count(*) filter (
            where gates.verdict not in ('passed', 'reported')
        ) as refused_count
    from ops.gate_results as gates
    inner join latest_runs
        on gates.run_id = latest_runs.run_id

)

select
    latest_runs.run_id,
    latest_runs.started_at,
    latest_runs.finished_at,
    verdicts.check_count,
    verdicts.passed_count,
    verdicts.reported_count,
    verdicts.refused_count,
    epoch(latest_runs.finished_at - latest_runs.started_at) as run_seconds
from latest_runs, verdicts
