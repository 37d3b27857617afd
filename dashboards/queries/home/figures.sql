-- One row: how much there is of what the house keeps. Inferred members are named, not described.

with

titles as (

    select
        count(*) filter (where not is_inferred) as title_count,
        count(*) filter (where is_inferred) as inferred_title_count,
        count(rating_average) as rated_title_count
    from marts.dim_titles

),

people as (

    select
        count(*) filter (where not is_inferred) as person_count,
        count(*) filter (where is_inferred) as inferred_person_count
    from marts.dim_people

),

budgets as (

    select
        count(*) as budget_count,
        count(distinct title_id) as budget_title_count
    from marts.fct_budgets

)

select
    titles.title_count,
    titles.inferred_title_count,
    titles.rated_title_count,
    people.person_count,
    people.inferred_person_count,
    budgets.budget_count,
    budgets.budget_title_count,
    (select count(*) from marts.fct_credits) as credit_count,
    (select count(*) from marts.fct_user_ratings) as user_rating_count,
    (select count(*) from marts.fct_reviews) as review_count
from titles, people, budgets
