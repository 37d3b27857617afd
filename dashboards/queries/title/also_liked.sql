-- One row per title that people who liked a title also liked, with all that speaks for it.

with

evidence as (

    select
        liked_title_id,
        min(rank) filter (where evidence = 'page') as page_rank,
        min_by(liked_text, rank) filter (where evidence = 'page') as liked_text,
        max(score) filter (where evidence = 'ratings') as score,
        max(support) filter (where evidence = 'ratings') as support,
        min(rank) filter (where evidence = 'ratings') as ratings_rank
    from marts.bridge_titles_also_liked
    where title_id = $title_id
    -- A title that a page names and nobody knows is one of its own.
    group by
        liked_title_id,
        case when liked_title_id is null then rank end

),

-- Materialized, so that the few people are looked up and not all people are joined.
leading_credits as materialized (

    select
        title_id,
        person_id,
        credit_number,
        category = 'director' as is_director
    from marts.fct_credits
    where
        title_id in (
            select liked_title_id
            from marts.bridge_titles_also_liked
            where title_id = $title_id
        )
        and category in ('director', 'actor', 'actress', 'self')
        and person_id is not null
    qualify row_number() over (
        partition by
            title_id,
            category = 'director'
        order by credit_number
    ) <= 3

),

leading_people as (

    select
        credits.title_id,
        list(people.person_name order by credits.credit_number) filter (
            where credits.is_director
        ) as directors,
        list(people.person_name order by credits.credit_number) filter (
            where not credits.is_director
        ) as stars
    from leading_credits as credits
    inner join marts.dim_people as people
        on credits.person_id = people.person_id
    where people.person_name is not null
    group by credits.title_id

)

select
    evidence.*,
    titles.title_type,
    titles.primary_title,
    titles.release_year,
    titles.end_year,
    titles.genres,
    titles.rating_average,
    titles.vote_count,
    leading_people.directors,
    leading_people.stars
from evidence
left join marts.dim_titles as titles
    on evidence.liked_title_id = titles.title_id
left join leading_people
    on evidence.liked_title_id = leading_people.title_id
order by
    evidence.page_rank nulls last,
    evidence.ratings_rank
