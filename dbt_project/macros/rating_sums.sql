{# Ratings are whole tenths, whose sums are exact. Sums of doubles differ in their last
   digit with the order in which threads add them: the same lake gave other releases. #}
{% macro mean_rating(rating_average) -%}
    cast(sum(cast({{ rating_average }} * 10 as bigint)) as double)
    / nullif(10 * count({{ rating_average }}), 0)
{%- endmacro %}

{# The sum over titles of rating times votes. #}
{% macro rating_total(rating_average, vote_count) -%}
    cast(sum(cast({{ rating_average }} * 10 as bigint) * {{ vote_count }}) as double) / 10
{%- endmacro %}
