{# Words that only one engine has. Each is dispatched: `default__` is DuckDB. #}

{# Spark has no unnest; the position counts from 1. Empty and missing lists give no
   row on both. Two calls side by side in a select list unnest in step on DuckDB,
   seventeen times faster than a lateral join with ordinality. #}
{% macro explode_rows(relation, columns, list, item, position) -%}
    {{ return(adapter.dispatch('explode_rows', 'arthouse')(
        relation, columns, list, item, position
    )) }}
{%- endmacro %}

{% macro default__explode_rows(relation, columns, list, item, position) -%}
    select
        {{ columns | join(', ') }},
        unnest({{ list }}) as {{ item }},
        cast(generate_subscripts({{ list }}, 1) as integer) as {{ position }}
    from {{ relation }}
{%- endmacro %}

{% macro spark__explode_rows(relation, columns, list, item, position) -%}
    select
        {{ columns | join(', ') }},
        {{ item }},
        cast(zero_based + 1 as int) as {{ position }}
    from {{ relation }}
    lateral view posexplode({{ list }}) exploded as zero_based, {{ item }}
{%- endmacro %}

{# Spark's array_distinct keeps the order of first appearance, DuckDB's loses it.
   Lists of one element, most of them, are left alone. #}
{% macro list_without_repeats(list) -%}
    {{ return(adapter.dispatch('list_without_repeats', 'arthouse')(list)) }}
{%- endmacro %}

{% macro default__list_without_repeats(list) -%}
    case
        when len({{ list }}) < 2 then {{ list }}
        when len({{ list }}) = len(list_distinct({{ list }})) then {{ list }}
        else list_filter(
            {{ list }},
            lambda element, place: list_position({{ list }}, element) = place
        )
    end
{%- endmacro %}

{% macro spark__list_without_repeats(list) -%}
    array_distinct({{ list }})
{%- endmacro %}

{# DuckDB's bytes to text keeps what is not ASCII as \xNN, so it never fails on bad
   UTF-8; Spark's decode replaces it. #}
{% macro bytes_as_text(bytes, character_count) -%}
    {{ return(adapter.dispatch('bytes_as_text', 'arthouse')(bytes, character_count)) }}
{%- endmacro %}

{% macro default__bytes_as_text(bytes, character_count) -%}
    left(cast({{ bytes }} as varchar), {{ character_count }})
{%- endmacro %}

{% macro spark__bytes_as_text(bytes, character_count) -%}
    left(decode({{ bytes }}, 'UTF-8'), {{ character_count }})
{%- endmacro %}

{# Collecting in an order is a clause on DuckDB and a sort of structs on Spark. #}
{% macro list_in_order(value, sort_key) -%}
    {{ return(adapter.dispatch('list_in_order', 'arthouse')(value, sort_key)) }}
{%- endmacro %}

{% macro default__list_in_order(value, sort_key) -%}
    list({{ value }} order by {{ sort_key }} asc nulls last)
{%- endmacro %}

{% macro spark__list_in_order(value, sort_key) -%}
    transform(
        array_sort(collect_list(struct({{ sort_key }} as sort_key, {{ value }} as item))),
        pair -> pair.item
    )
{%- endmacro %}

{# A list type is varchar[] on DuckDB and array<string> on Spark. #}
{% macro text_list_type() -%}
    {{ return(adapter.dispatch('text_list_type', 'arthouse')()) }}
{%- endmacro %}

{% macro default__text_list_type() -%} varchar[] {%- endmacro %}

{% macro spark__text_list_type() -%} array<string> {%- endmacro %}

{# A lambda is `lambda x: …` on DuckDB 2 and `x -> …` on Spark. #}
{% macro list_with_each(list, element, expression) -%}
    {{ return(adapter.dispatch('list_with_each', 'arthouse')(list, element, expression)) }}
{%- endmacro %}

{% macro default__list_with_each(list, element, expression) -%}
    list_transform({{ list }}, lambda {{ element }}: {{ expression }})
{%- endmacro %}

{% macro spark__list_with_each(list, element, expression) -%}
    transform({{ list }}, {{ element }} -> {{ expression }})
{%- endmacro %}

{# A list of the values that meet a condition; NULL where none does, on both. #}
{% macro list_where(value, sort_key, condition) -%}
    {{ return(adapter.dispatch('list_where', 'arthouse')(value, sort_key, condition)) }}
{%- endmacro %}

{% macro default__list_where(value, sort_key, condition) -%}
    list({{ value }} order by {{ sort_key }} asc nulls last)
        filter (where {{ condition }})
{%- endmacro %}

{% macro spark__list_where(value, sort_key, condition) -%}
    case
        when count_if({{ condition }}) > 0 then transform(
            array_sort(
                collect_list(struct({{ sort_key }} as sort_key, {{ value }} as item))
                    filter (where {{ condition }})
            ),
            pair -> pair.item
        )
    end
{%- endmacro %}

{# A struct of named fields. #}
{% macro record_of(fields) -%}
    {{ return(adapter.dispatch('record_of', 'arthouse')(fields)) }}
{%- endmacro %}

{% macro default__record_of(fields) -%}
    struct_pack(
        {%- for name, value in fields.items() %}
        {{ name }} := {{ value }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{% macro spark__record_of(fields) -%}
    named_struct(
        {%- for name, value in fields.items() %}
        '{{ name }}', {{ value }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
