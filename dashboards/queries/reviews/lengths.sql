-- One row per span of lengths, each half as long again (the root of two) as the one before.

with

chosen as (

    {% include "reviews/_chosen.sql" %}

),

steps as (

    select floor(log2(greatest(word_count, 1)) * 2) as step
    from chosen

)

select
    power(2, step / 2) as words,
    power(2, (step + 1) / 2) as words_end,
    count(*) as review_count
from steps
group by all
order by words
