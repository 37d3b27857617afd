-- One row per record of a feed that names a title: the title it is matched to, if any,
-- and why.

with

records as (

    select * from {{ ref('int_records_identified') }}

),

candidates as (

    select * from {{ ref('int_candidates_weighed') }}

),

ranked_candidates as (

    select
        *,
        row_number() over (
            partition by record_number
            order by score desc, title_id asc nulls last
        ) as candidate_rank
    from candidates

),

best_candidates as (

    select
        record_number,
        max(case when candidate_rank = 1 then title_id end) as title_id,
        max(case when candidate_rank = 1 then method end) as method,
        max(case when candidate_rank = 1 then score end) as score,
        max(case when candidate_rank = 1 then any_score end) as any_score,
        max(case when candidate_rank = 1 then evidence end) as evidence,
        count(*) as candidate_count,
        {{ list_head(list_in_order('title_id', 'candidate_rank'), 10) }}
            as candidate_title_ids
    from ranked_candidates
    group by all

),

judged_records as (

    select
        records.record_number,
        coalesce(records.title_id, best_candidates.title_id) as title_id,
        coalesce(records.method, best_candidates.method) as method,
        best_candidates.score,
        best_candidates.evidence,
        coalesce(best_candidates.candidate_count, 0) as candidate_count,
        best_candidates.candidate_title_ids,
        case
            when records.title_id is not null then 'matched'
            when best_candidates.score >= {{ var('match_score') }} then 'matched'
            when best_candidates.any_score >= {{ var('match_score') }} then 'ambiguous'
            else 'unmatched'
        end as outcome,
        records.title_id is not null as has_id,
        records.feed in ('movielens', 'budgets') as is_of_films,
        records.feed,
        records.source
    from records
    left join best_candidates
        on records.record_number = best_candidates.record_number

),

-- A list of films names each once: two of its records that may well mean one title are
-- two titles, of which the dumps have one, or both look alike.
rivals_counted as (

    select
        *,
        count(*) over (
            partition by feed, source, title_id, outcome = 'unmatched'
        ) as rival_count
    from judged_records

),

decided_records as (

    select
        -- keys
        record_number,
        title_id as best_title_id,

        -- attributes
        method,
        evidence,
        case
            when outcome = 'matched' and not has_id and is_of_films and rival_count > 1
                then 'ambiguous'
            else outcome
        end as outcome,
        candidate_title_ids,

        -- measures
        score,
        candidate_count

    from rivals_counted

)

select * from decided_records
