{# Words of search that only one engine has. `default__` is DuckDB. #}

{# The runs of three letters in a word, each once, with two blanks before it and one
   after it, as PostgreSQL's pg_trgm has them: `cat` is `  c`, ` ca`, `cat`, `at `. #}
{% macro trigrams(word) -%}
    {{ return(adapter.dispatch('trigrams', 'arthouse')(word)) }}
{%- endmacro %}

{% macro default__trigrams(word) -%}
    list_distinct(list_transform(
        range(1, length({{ word }}) + 2),
        lambda place: substr('  ' || {{ word }} || ' ', place, 3)
    ))
{%- endmacro %}

{% macro spark__trigrams(word) -%}
    array_distinct(transform(
        sequence(1, length({{ word }}) + 1),
        place -> substring('  ' || {{ word }} || ' ', place, 3)
    ))
{%- endmacro %}
