-- One row per record without a published id and title it may mean, with its score: the
-- share of the likelihood that is its own, beside the others and none of them.

with

records as (

    select * from {{ ref('int_records_identified') }}
    where title_id is null

),

name_candidates as (

    select * from {{ ref('int_name_candidates_found') }}

),

people_candidates as (

    select * from {{ ref('int_people_candidates_found') }}

),

record_people as (

    select * from {{ ref('int_record_people_listed') }}

),

titles as (

    select * from {{ ref('stg_imdb__titles') }}

),

ratings as (

    select * from {{ ref('stg_imdb__ratings') }}

),

episodes as (

    select * from {{ ref('stg_imdb__episodes') }}

),

principals as (

    select title_id
    from {{ ref('stg_imdb__principals') }}

),

episode_candidates as (

    select
        records.record_number,
        episodes.episode_id as title_id
    from episodes
    inner join records
        on
            episodes.series_id = records.series_id
            and episodes.season_number = records.season_number
            and episodes.episode_number = records.episode_number

),

candidate_pairs as (

    select
        record_number,
        title_id
    from name_candidates

    union

    select
        record_number,
        title_id
    from people_candidates

    union

    select
        record_number,
        title_id
    from episode_candidates

),

credited_titles as (

    select principals.title_id
    from principals
    semi join candidate_pairs
        on principals.title_id = candidate_pairs.title_id
    group by all

),

people_counts as (

    select
        record_number,
        count(*) as named_count
    from record_people
    group by all

),

candidates as (

    select
        candidate_pairs.record_number,
        candidate_pairs.title_id,
        records.release_year as record_year,
        records.title_type as record_type,
        records.feed in ('movielens', 'budgets') as is_of_films,
        records.feed <> 'pages' as is_of_known_titles,
        records.is_release_dated,
        records.genres as record_genres,
        records.runtime_minutes as record_runtime,
        titles.title_type,
        case
            when records.title_type is not null
                then {{ type_family('records.title_type') }}
        end as record_family,
        {{ type_family('titles.title_type') }} as title_family,
        titles.release_year,
        titles.genres,
        titles.runtime_minutes,
        name_candidates.title_name,
        name_candidates.is_main_name,
        name_candidates.name_weight,
        coalesce(name_candidates.name_count, 0) as name_count,
        name_candidates.key_length,
        episode_candidates.title_id is not null as is_numbered_episode,
        coalesce(people_candidates.person_count, 0) as person_count,
        case
            when credited_titles.title_id is null then 0
            else coalesce(people_counts.named_count, 0)
        end as named_count,
        coalesce(ratings.vote_count, 0) as vote_count
    from candidate_pairs
    inner join records
        on candidate_pairs.record_number = records.record_number
    inner join titles
        on candidate_pairs.title_id = titles.title_id
    left join name_candidates
        on
            candidate_pairs.record_number = name_candidates.record_number
            and candidate_pairs.title_id = name_candidates.title_id
    left join people_candidates
        on
            candidate_pairs.record_number = people_candidates.record_number
            and candidate_pairs.title_id = people_candidates.title_id
    left join episode_candidates
        on
            candidate_pairs.record_number = episode_candidates.record_number
            and candidate_pairs.title_id = episode_candidates.title_id
    left join people_counts
        on candidate_pairs.record_number = people_counts.record_number
    left join credited_titles
        on candidate_pairs.title_id = credited_titles.title_id
    left join ratings
        on candidate_pairs.title_id = ratings.title_id

),

evidence_weights as (

    select
        *,
        case
            when is_numbered_episode then {{ match_weight('episode_number') }}
            else coalesce(name_weight, {{ match_weight('people_alone') }})
        end
        * case
            when name_count > 1 then {{ match_weight('several_names') }}
            else 1
        end as name_evidence,
        case
            when is_numbered_episode then 1
            when record_year is null then {{ match_weight('unknown_year') }}
            when release_year = record_year then {{ match_weight('same_year') }}
            when release_year = record_year - 1 and is_release_dated
                then {{ match_weight('year_before_release') }}
            when release_year = record_year - 1 then {{ match_weight('year_before') }}
            when release_year = record_year + 1 then {{ match_weight('year_after') }}
            else {{ match_weight('other_year') }}
        end as year_evidence,
        case
            when record_type = title_type then 1
            when record_family = title_family then {{ match_weight('related_type') }}
            when record_type is not null then {{ match_weight('other_type') }}
            when is_of_films then {{ type_weight('title_type', 'films') }}
            else {{ type_weight('title_type', 'titles') }}
        end as type_evidence,
        case
            when person_count >= 3 then {{ match_weight('three_people') }}
            when person_count = 2 then {{ match_weight('two_people') }}
            when person_count = 1 then {{ match_weight('one_person') }}
            when named_count >= 3 then {{ match_weight('no_person') }}
            else 1
        end as people_evidence,
        case
            when record_genres is null or genres is null then 1
            when {{ lists_agree('record_genres', 'genres') }}
                then {{ match_weight('same_genres') }}
            when {{ lists_overlap('record_genres', 'genres') }}
                then {{ match_weight('shared_genres') }}
            else {{ match_weight('other_genres') }}
        end as genre_evidence,
        case
            when abs(record_runtime - runtime_minutes) <= 2
                then {{ match_weight('same_runtime') }}
            when abs(record_runtime - runtime_minutes) > 15
                then {{ match_weight('other_runtime') }}
            else 1
        end as runtime_evidence,
        -- Few titles bear a long name, many a short one.
        {{ match_weight('no_title_of_ours') }}
        * case
            when key_length < 6 then 4
            when key_length < 12 then 1
            else 0.5
        end as other_title_weight,
        case
            when is_of_known_titles
                then sqrt(least(vote_count + 1, 1000) / 1000.0)
            else 1
        end as popularity_evidence,
        -- A thousand votes and a hundred times another's are known; less says nothing.
        case
            when
                100 * (vote_count + 10)
                <= max(vote_count) over (partition by record_number)
                then {{ match_weight('obscure_beside_known') }}
            else 1
        end as obscurity_evidence
    from candidates

),

likelihoods as (

    select
        *,
        cast(
            name_evidence * year_evidence * type_evidence * people_evidence
            * genre_evidence * runtime_evidence
            * greatest(popularity_evidence, {{ match_weight('no_votes') }})
            as double
        ) as likelihood,
        -- Beside its rivals' votes more of its own count than beside no title at all.
        cast(
            popularity_evidence * obscurity_evidence
            / greatest(popularity_evidence, {{ match_weight('no_votes') }})
            as double
        ) as rank_evidence
    from evidence_weights

),

weighed_candidates as (

    select
        -- keys
        record_number,
        title_id,

        -- attributes
        case
            when is_numbered_episode then 'series_and_number'
            when name_weight is null then 'people'
            when person_count > 0 then 'title_year_and_people'
            when is_main_name then 'title_and_year'
            else 'other_name_and_year'
        end as method,
        concat_ws(
            '; ',
            case when is_numbered_episode then 'season and episode of the series' end,
            case when is_main_name then 'title' else 'other name' end
            || ' "' || title_name || '"',
            case
                when record_year is null then 'no year'
                when release_year = record_year
                    then 'year ' || cast(release_year as string)
                else
                    'year ' || cast(release_year as string) || ' for '
                    || cast(record_year as string)
            end,
            coalesce('type ' || title_type, 'no type'),
            case
                when person_count > 0 or named_count > 0
                    then cast(person_count as string) || ' people shared'
            end,
            case
                when genre_evidence > 1 then 'genres shared'
                when genre_evidence < 1 then 'other genres'
            end,
            case
                when runtime_evidence > 1 then 'same runtime'
                when runtime_evidence < 1 then 'other runtime'
            end,
            case
                when vote_count > 0 then cast(vote_count as string) || ' votes'
                when is_of_known_titles then 'no votes'
            end
        ) as evidence,

        -- measures
        likelihood,
        likelihood / (likelihood + other_title_weight)
        * likelihood * rank_evidence
        / sum(likelihood * rank_evidence) over (partition by record_number)
            as score,
        sum(likelihood) over (partition by record_number)
        / (
            sum(likelihood) over (partition by record_number)
            + min(other_title_weight) over (partition by record_number)
        ) as any_score

    from likelihoods

)

select * from weighed_candidates
