{# Words of search that only one engine has. `default__` is DuckDB. #}

{# A word and what is left of it without one of its letters, each once. Two words that
   differ by a typo (one letter more, less, or other, or two swapped) have one in common. #}
{% macro spellings(word) -%}
    {{ return(adapter.dispatch('spellings', 'arthouse')(word)) }}
{%- endmacro %}

{% macro default__spellings(word) -%}
    list_distinct(list_transform(
        range(0, length({{ word }}) + 1),
        lambda place: left({{ word }}, place) || substr({{ word }}, place + 2)
    ))
{%- endmacro %}

{% macro spark__spellings(word) -%}
    array_distinct(transform(
        sequence(0, length({{ word }})),
        place -> left({{ word }}, place) || substr({{ word }}, place + 2)
    ))
{%- endmacro %}

{# The first 28 bits of a text's MD5, so that every engine and Python have the same. #}
{% macro short_hash(text) -%}
    {{ return(adapter.dispatch('short_hash', 'arthouse')(text)) }}
{%- endmacro %}

{% macro default__short_hash(text) -%}
    cast('0x' || left(md5({{ text }}), 7) as integer)
{%- endmacro %}

{% macro spark__short_hash(text) -%}
    cast(conv(left(md5({{ text }}), 7), 16, 10) as int)
{%- endmacro %}
