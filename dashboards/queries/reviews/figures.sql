-- One row: how many reviews were chosen, and of how many which fact is known.

with

chosen as (

    {% include "reviews/_chosen.sql" %}

)

select
    count(*) as review_count,
    coalesce(sum(copy_count), 0)::bigint as record_count,
    count(*) filter (where copy_count > 1) as copied_count,
    count(title_id) as matched_count,
    count(distinct title_id) as title_count,
    count(rating_10) as rated_count,
    avg(rating_10) as rating_average,
    count(sentiment_label) as labelled_count,
    count(*) filter (where sentiment_label = 'positive') as positive_count,
    count(review_date) as dated_count,
    count(helpful_score) as voted_count,
    sum(vote_count)::bigint as vote_count,
    count(is_spoiler) as spoiler_known_count,
    count(*) filter (where is_spoiler) as spoiler_count,
    quantile_disc(word_count, 0.5) as median_word_count,
    quantile_disc(word_count, 0.9) as long_word_count,
    max(word_count) as longest_word_count
from chosen
