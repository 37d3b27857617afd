-- One row per feed: the snapshot that the release reads, its rows, and what its gate said.

with

latest_runs as (

    select max(run_id) as run_id
    from ops.runs
    where release is not null

),

snapshots as (

    select
        feed,
        max(snapshot_at) as snapshot_at,
        count(distinct source_file) as file_count
    from ops.feed_snapshots
    group by all

),

counts as (

    select
        table_counts.feed,
        sum(table_counts.received_count) as received_count,
        sum(table_counts.loaded_count) as loaded_count,
        sum(table_counts.rejected_count) as rejected_count
    from ops.table_counts
    inner join latest_runs
        on table_counts.run_id = latest_runs.run_id
    group by all

),

-- A suite of what arrives is named `raw.<feed>.<table>`.
verdicts as (

    select
        split_part(gates.suite, '.', 2) as feed,
        count(*) as check_count,
        count(*) filter (where gates.verdict = 'passed') as passed_count,
        count(*) filter (
            where gates.verdict not in ('passed', 'reported')
        ) as refused_count
    from ops.gate_results as gates
    inner join latest_runs
        on gates.run_id = latest_runs.run_id
    where gates.gate = 'raw'
    group by all

),

feeds as (

    select feed from snapshots
    union
    select feed from verdicts

)

select
    feeds.feed,
    snapshots.snapshot_at,
    snapshots.file_count,
    counts.received_count,
    counts.loaded_count,
    counts.rejected_count,
    verdicts.check_count,
    verdicts.passed_count,
    verdicts.refused_count
from feeds
left join snapshots
    on feeds.feed = snapshots.feed
left join counts
    on feeds.feed = counts.feed
left join verdicts
    on feeds.feed = verdicts.feed
order by counts.received_count desc nulls last, feeds.feed asc
