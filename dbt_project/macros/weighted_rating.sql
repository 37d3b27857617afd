{# The Bayesian mean of IMDb's Top 250, (v·R + m·C) / (v + m): a title with few votes
   stays near the prior mean C. NULL where the title is unrated. #}
{% macro weighted_rating(rating_average, vote_count) -%}
    (
        {{ vote_count }} * cast({{ rating_average }} as double)
        + {{ var('weighted_rating_prior_votes') }}
        * cast({{ var('weighted_rating_prior_mean') }} as double)
    ) / ({{ vote_count }} + {{ var('weighted_rating_prior_votes') }})
{%- endmacro %}
