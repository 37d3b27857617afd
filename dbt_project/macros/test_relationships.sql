{# dbt's own joins the parent and keeps the misses; an anti join stops at the first
   match and carries no parent column. #}
{% macro default__test_relationships(model, column_name, to, field) %}
    select children.{{ column_name }} as orphan
    from {{ model }} as children
    anti join {{ to }} as parents
        on children.{{ column_name }} = parents.{{ field }}
    where children.{{ column_name }} is not null
{% endmacro %}
