-- One row per run; the build's own run is added when the candidate is sealed.

with

runs as (

    select * from {{ ref('stg_ledger__runs') }}

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
