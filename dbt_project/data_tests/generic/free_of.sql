{# Rows whose key columns together also stand in another relation. #}
{% test free_of(model, columns, other) %}
    select rows_of_both.*
    from {{ model }} as rows_of_both
    semi join {{ other }} as others
        on
            {% for column in columns %}
            rows_of_both.{{ column }} = others.{{ column }}
            {{ 'and' if not loop.last }}
            {% endfor %}
{% endtest %}
