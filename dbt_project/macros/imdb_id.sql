{# IMDb's written id: the prefix and at least seven digits; ids outgrow seven, and
   lpad() alone would cut those off. #}
{% macro imdb_id(prefix, number) -%}
    case
        when {{ number }} < 10000000
            then '{{ prefix }}' || lpad(cast({{ number }} as string), 7, '0')
        else '{{ prefix }}' || cast({{ number }} as string)
    end
{%- endmacro %}
