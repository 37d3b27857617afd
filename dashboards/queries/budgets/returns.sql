-- One row per measure of return and genre or decade of films, in the order shown.

with

groups_of_films as (

    select
        return_title_count,
        decade,
        median_return_on_budget,
        case
            when $by = 'genre' then genre_name
            else coalesce(decade || 's', 'No year')
        end as group_name,
        case when $is_real then return_on_budget_real else return_on_budget end
            as pooled_return
    from marts.rpt_budget_performance
    where
        grain
        = case
            when $by = 'genre' and $decade::smallint is null then 'genre'
            when $by = 'decade' and $genre::varchar is null then 'decade'
            else 'genre_and_decade'
        end
        and ($by = 'decade' or $decade::smallint is null or decade = $decade)
        and ($by = 'genre' or $genre::varchar is null or genre_name = $genre)
        and return_title_count > 0

),

labelled_groups as (

    select
        *,
        group_name || ' (' || format('{:,}', return_title_count) || ')' as group_label,
        row_number() over (
            order by
                case when $by = 'decade' then decade end nulls last,
                median_return_on_budget desc,
                group_name
        ) as group_order
    from groups_of_films

)

select
    group_order,
    group_label,
    'Median film' as measure,
    median_return_on_budget as return_on_budget,
    return_title_count as film_count,
    return_title_count < $few as is_few
from labelled_groups

union all

select
    group_order,
    group_label,
    'All together' as measure,
    pooled_return as return_on_budget,
    return_title_count as film_count,
    return_title_count < $few as is_few
from labelled_groups
where pooled_return is not null
order by group_order, measure
