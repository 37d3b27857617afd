-- One row per fact that captured pages state of a title: those of a kind as the newest
-- capture that states any has them.

with

captures as (

    select
        capture_id,
        title_id,
        capture_rank
    from {{ ref('int_captures_ranked') }}

),

page_facts as (

    select * from {{ ref('stg_pages__facts') }}

),

-- A storyline goes with its own author, and awards with their own counts.
captured_facts as (

    select
        captures.title_id,
        captures.capture_rank,
        page_facts.*,
        max(captures.capture_rank) over (
            partition by
                captures.title_id,
                case
                    when page_facts.fact_kind in ('storyline', 'storyline_author')
                        then 'storyline'
                    when
                        page_facts.fact_kind in (
                            'awards', 'award_win_count', 'award_nomination_count'
                        )
                        then 'awards'
                    else page_facts.fact_kind
                end
        ) as newest_rank
    from page_facts
    inner join captures
        on page_facts.capture_id = captures.capture_id

),

title_facts as (

    select
        -- keys
        title_id,
        fact_kind,
        fact_order,

        -- attributes
        fact_text,

        -- lineage
        'page' as source,
        capture_id

    from captured_facts
    where capture_rank = newest_rank

)

select * from title_facts
