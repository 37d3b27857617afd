-- One row per record of another feed that had to be matched to a title.

with

matched_records as (

    select * from {{ ref('int_records_matched') }}

),

match_results as (

    select
        -- keys
        feed,
        source,
        source_record_id,
        title_id,

        -- attributes
        method,
        evidence,
        case outcome when 'own' then 'unmatched' else outcome end as outcome,

        -- measures
        score,
        candidate_count,
        candidates as candidate_title_ids

    from matched_records

)

select * from match_results
