-- One row per number of stars and label: the reviews.

with

chosen as (

    {% include "reviews/_chosen.sql" %}

)

select
    rating_10,
    case sentiment_label
        when 'positive' then 'Positive'
        when 'negative' then 'Negative'
        else 'No label'
    end as label,
    count(*) as review_count
from chosen
where rating_10 is not null
group by all
order by rating_10, label
