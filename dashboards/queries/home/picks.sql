-- One row per film of three short lists: the best rated, those well rated by few, and the best
-- of each year that is a round number of years before the release's.

with

films as (

    select *
    from marts.rpt_top_titles
    where title_type = 'movie' and is_adult is not true

),

notable_votes as (

    select parameter_value as vote_count
    from ops.model_parameters
    where parameter_name = 'notable_title_votes'

),

best_films as (

    select
        'best' as list_name,
        films.*
    from films
    order by films.overall_rank asc, films.title_id asc
    limit $row_limit

),

-- Ten times the votes from which a title is notable: few beside the hundreds of thousands of the
-- best known, enough that a handful of friends does not make the mean.
quiet_films as (

    select
        'quiet' as list_name,
        films.*
    from films
    inner join notable_votes
        on films.vote_count
            between notable_votes.vote_count and notable_votes.vote_count * 10
    order by
        films.rating_average desc, films.vote_count desc, films.title_id asc
    limit $row_limit

),

anniversary_films as (

    select
        'anniversary' as list_name,
        films.*
    from films
    where $year - films.release_year in (10, 20, 25, 30, 40, 50, 60, 75, 80, 90, 100)
    qualify row_number() over (
        partition by films.release_year
        order by films.overall_rank asc, films.title_id asc
    ) = 1

),

-- The roundest first, when there are more than fit.
round_anniversaries as (

    select *
    from anniversary_films
    order by ($year - release_year) % 25 = 0 desc, overall_rank asc
    limit $row_limit

),

picks as (

    select * from best_films
    union all
    select * from quiet_films
    union all
    select * from round_anniversaries

)

select
    list_name,
    title_id,
    title_type,
    primary_title,
    release_year,
    genres,
    rating_average,
    vote_count,
    weighted_rating,
    overall_rank
from picks
order by list_name asc, overall_rank asc, title_id asc
