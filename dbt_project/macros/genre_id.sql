{# A genre's key is its name in lower case with hyphens: the same from every feed
   and in every release, and readable in a `where`. #}
{% macro genre_id(genre_name) -%}
    replace(lower(trim({{ genre_name }})), ' ', '-')
{%- endmacro %}
