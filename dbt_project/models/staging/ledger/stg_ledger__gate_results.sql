-- One row per expectation that a gate of an earlier run judged.

with

gate_results as (

    select * from {{ source('ledger', 'gate_results') }}

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
