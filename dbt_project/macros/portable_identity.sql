{# Words of identity that only one engine has. `default__` is DuckDB. #}

{# Every match of a pattern replaced: Spark's does so unasked and reads `\` twice. #}
{% macro replace_each(text, pattern, replacement) -%}
    {{ return(adapter.dispatch('replace_each', 'arthouse')(text, pattern, replacement)) }}
{%- endmacro %}

{% macro default__replace_each(text, pattern, replacement) -%}
    regexp_replace(
        {{ text }}, '{{ pattern | replace("'", "''") }}', '{{ replacement }}', 'g'
    )
{%- endmacro %}

{% macro spark__replace_each(text, pattern, replacement) -%}
    regexp_replace(
        {{ text }},
        '{{ pattern | replace("\\", "\\\\") | replace("'", "\\'") }}',
        '{{ replacement | replace("\\", "$") }}'
    )
{%- endmacro %}

{# What a pattern's first group holds, for every match. #}
{% macro extract_each(text, pattern) -%}
    {{ return(adapter.dispatch('extract_each', 'arthouse')(text, pattern)) }}
{%- endmacro %}

{% macro default__extract_each(text, pattern) -%}
    regexp_extract_all({{ text }}, '{{ pattern }}', 1)
{%- endmacro %}

{% macro spark__extract_each(text, pattern) -%}
    regexp_extract_all({{ text }}, '{{ pattern | replace("\\", "\\\\") }}', 1)
{%- endmacro %}

{# Lower case without accents; letters that Unicode does not take apart are named. Most
   titles are ASCII, where DuckDB's lower() alone is seven times faster, and its
   strip_accents() ends a text at its first NUL; Spark has no word for accents, so the Latin
   ones are named. #}
{% macro fold_letters(text) -%}
    {{ return(adapter.dispatch('fold_letters', 'arthouse')(text)) }}
{%- endmacro %}

{% macro default__fold_letters(text) -%}
    case
        when strlen({{ text }}) = length({{ text }}) then lower({{ text }})
        else replace(replace(replace(
            translate(
                lower(strip_accents(replace({{ text }}, chr(0), ' '))),
                'øłđðıʻʼ’‘´', 'olddi'''''''''''
            ),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
    end
{%- endmacro %}

{% macro spark__fold_letters(text) -%}
    replace(replace(replace(
        translate(
            lower({{ text }}),
            'áàâäãåāăąçćčďéèêëēęěíìîïīñńňóòôöõōőŕřśšşșťţțúùûüūůűýÿźžżøłđðıʻʼ’‘´',
            'aaaaaaaaacccdeeeeeeeiiiiinnnooooooorrsssstttuuuuuuuyyzzzolddi\'\'\'\'\''
        ),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
{%- endmacro %}

{% macro lists_overlap(one, other) -%}
    {{ return(adapter.dispatch('lists_overlap', 'arthouse')(one, other)) }}
{%- endmacro %}

{% macro default__lists_overlap(one, other) -%}
    list_has_any({{ one }}, {{ other }})
{%- endmacro %}

{% macro spark__lists_overlap(one, other) -%}
    arrays_overlap({{ one }}, {{ other }})
{%- endmacro %}

{# Whether two lists have the same elements, in any order. #}
{% macro lists_agree(one, other) -%}
    {{ return(adapter.dispatch('lists_agree', 'arthouse')(one, other)) }}
{%- endmacro %}

{% macro default__lists_agree(one, other) -%}
    (list_has_all({{ one }}, {{ other }}) and list_has_all({{ other }}, {{ one }}))
{%- endmacro %}

{% macro spark__lists_agree(one, other) -%}
    (
        size(array_except({{ one }}, {{ other }})) = 0
        and size(array_except({{ other }}, {{ one }})) = 0
    )
{%- endmacro %}

{% macro list_size(list) -%}
    {{ return(adapter.dispatch('list_size', 'arthouse')(list)) }}
{%- endmacro %}

{% macro default__list_size(list) -%} len({{ list }}) {%- endmacro %}

{% macro spark__list_size(list) -%} size({{ list }}) {%- endmacro %}

{% macro first_of_list(list) -%}
    {{ return(adapter.dispatch('first_of_list', 'arthouse')(list)) }}
{%- endmacro %}

{% macro default__first_of_list(list) -%} ({{ list }})[1] {%- endmacro %}

{% macro spark__first_of_list(list) -%} element_at({{ list }}, 1) {%- endmacro %}

{# A list's first elements. #}
{% macro list_head(list, size) -%}
    {{ return(adapter.dispatch('list_head', 'arthouse')(list, size)) }}
{%- endmacro %}

{% macro default__list_head(list, size) -%} ({{ list }})[1:{{ size }}] {%- endmacro %}

{% macro spark__list_head(list, size) -%} slice({{ list }}, 1, {{ size }}) {%- endmacro %}

{% macro title_id_list_type() -%}
    {{ return(adapter.dispatch('title_id_list_type', 'arthouse')()) }}
{%- endmacro %}

{% macro default__title_id_list_type() -%} bigint[] {%- endmacro %}

{% macro spark__title_id_list_type() -%} array<bigint> {%- endmacro %}

{# A list of one. #}
{% macro list_of(item) -%}
    {{ return(adapter.dispatch('list_of', 'arthouse')(item)) }}
{%- endmacro %}

{% macro default__list_of(item) -%} [{{ item }}] {%- endmacro %}

{% macro spark__list_of(item) -%} array({{ item }}) {%- endmacro %}
