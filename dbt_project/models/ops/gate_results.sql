-- One row per expectation a gate judged; the build's own are added at sealing.

with

gate_results as (

    select * from {{ ref('stg_ledger__gate_results') }}

),

verdicts as (

    select
        -- keys
        run_id,
        gate,
        suite,
        table_name,
        column_name,
        expectation,

        -- attributes
        severity,
        verdict,
        expected,
        observed,
        sample,
        judged_at

    from gate_results

)

select * from verdicts
