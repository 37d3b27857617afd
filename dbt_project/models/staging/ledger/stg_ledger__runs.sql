-- One row per earlier run.

with

runs as (

    select * from {{ source('ledger', 'runs') }}

),

earlier_runs as (

    select
        -- keys
        run_id,

        -- attributes
        started_at,
        finished_at,
        outcome,
        reason,
        release

    from runs

)

select * from earlier_runs
