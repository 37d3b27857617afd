{# A model's schema is its layer, without the target's name before it: readers
   of a release find `marts` and `ops` and nothing else. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
