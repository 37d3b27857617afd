{# How names are compared, and what each piece of evidence weighs: docs/identity.md has
   the reasons and the figures. #}

{# A source that names titles and no ids has one record per different name. #}
{% macro review_title_key(claimed_title_id, title, release_year) -%}
    case
        when {{ claimed_title_id }} is not null
            then {{ imdb_id('tt', claimed_title_id) }}
        else {{ title }} || coalesce(' (' || cast({{ release_year }} as string) || ')', '')
    end
{%- endmacro %}

{# Of several rows the value of the one with the highest rank that has any. #}
{% macro newest_stated(value, rank) -%}
    max_by({{ value }}, case when {{ value }} is not null then {{ rank }} end)
{%- endmacro %}

{# Articles of the languages most titles are in; only at the start, before a space. #}
{% macro article_words() -%}
    the|an?|les?|la|une?|der|die|das|eine?|el|los|las|lo|il|gli|i|uno|una|os?|as|uma?|de|het|een|den|det|en|ett?|az
{%- endmacro %}

{# "Matrix, The" as "The Matrix", "Avventura, L'" as "L'Avventura". #}
{% macro article_first(title) -%}
    {{ replace_each(
        replace_each(title, "^(.*), ([A-Za-z]{1,4}['’])$", '\\2\\1'),
        '^(.*), ((?i:' ~ article_words() ~ '))$', '\\2 \\1'
    ) }}
{%- endmacro %}

{# "City, The (Cité, La)" as "City, The", as MovieLens adds other names. #}
{% macro without_brackets(title) -%}
    coalesce(
        nullif({{ replace_each(title, '(?: *\\([^()]*\\))+$', '') }}, ''), {{ title }}
    )
{%- endmacro %}

{# Letters and digits alone, folded: what two spellings of one title share. A title of
   signs alone is its own key. #}
{% macro exact_title_key(title) -%}
    coalesce(
        nullif({{ _letters_and_digits(fold_letters(title)) }}, ''),
        lower(trim({{ title }}))
    )
{%- endmacro %}

{# As the exact key, without an article at the start. #}
{% macro loose_title_key(title) -%}
    coalesce(
        nullif({{ _letters_and_digits(replace_each(
            fold_letters(title),
            "^(?:(?:" ~ article_words() ~ ") +|(?:l|un)' *)([^ ])", '\\1'
        )) }}, ''),
        lower(trim({{ title }}))
    )
{%- endmacro %}

{% macro _letters_and_digits(folded) -%}
    {{ replace_each(
        "replace(replace(" ~ folded ~ ", '&', 'and'), '+', 'and')",
        '[^\\p{L}\\p{N}]+', ''
    ) }}
{%- endmacro %}

{# Roman numerals from II to IX as digits, word by word; I, V and X are words too. #}
{% macro numerals_as_digits(title) -%}
    {{ _words_exchanged(title, [
        ('ii', '2'), ('iii', '3'), ('iv', '4'), ('vi', '6'), ('vii', '7'),
        ('viii', '8'), ('ix', '9')
    ]) }}
{%- endmacro %}

{% macro digits_as_numerals(title) -%}
    {{ _words_exchanged(title, [
        ('2', 'ii'), ('3', 'iii'), ('4', 'iv'), ('5', 'v'), ('6', 'vi'), ('7', 'vii'),
        ('8', 'viii'), ('9', 'ix')
    ]) }}
{%- endmacro %}

{% macro _words_exchanged(title, pairs) -%}
    {%- set ns = namespace(
        text="(' ' || " ~ replace_each(fold_letters(title), '[^\\p{L}\\p{N}&+]+', ' ') ~ " || ' ')"
    ) -%}
    {%- for one, other in pairs -%}
        {%- set ns.text = "replace(" ~ ns.text ~ ", ' " ~ one ~ " ', ' " ~ other ~ " ')" -%}
    {%- endfor -%}
    trim({{ ns.text }})
{%- endmacro %}

{# How likely a record of a title is to show this, as odds beside the other cases of its
   kind; docs/identity.md says where each comes from. #}
{% macro match_weight(evidence) -%}
    {{ return({
        'main_name': 0.9,
        'main_name_but_article': 0.02,
        'other_name': 0.02,
        'other_name_but_article': 0.002,
        'alternate_name': 0.1,
        'several_names': 5,
        'people_alone': 0.0001,
        'episode_number': 0.9,
        'same_year': 0.95,
        'year_before_release': 0.1,
        'year_before': 0.03,
        'year_after': 0.02,
        'unknown_year': 0.5,
        'other_year': 0.001,
        'related_type': 0.05,
        'other_type': 0.00001,
        'three_people': 1000,
        'two_people': 50,
        'one_person': 10,
        'no_person': 0.1,
        'same_genres': 5,
        'shared_genres': 2,
        'other_genres': 0.05,
        'same_runtime': 3,
        'other_runtime': 0.3,
        'no_votes': 0.1,
        'obscure_beside_known': 0.02,
        'no_title_of_ours': 0.0005,
    }[evidence]) }}
{%- endmacro %}

{# What a title of this type weighs against a film where the record states no type:
   `films` for a source that lists films, `titles` for one that lists anything. #}
{% macro type_weight(title_type, listed) -%}
    {%- set weights = {
        'movie': (1, 1),
        'tvMovie': (0.3, 0.3),
        'video': (0.15, 0.15),
        'tvSeries': (0.0001, 0.7),
        'tvMiniSeries': (0.05, 0.5),
        'tvSpecial': (0.1, 0.2),
        'short': (0.02, 0.02),
        'tvShort': (0.01, 0.02),
    } -%}
    case {{ title_type }}
        {%- for name, pair in weights.items() %}
        when '{{ name }}' then {{ pair[0] if listed == 'films' else pair[1] }}
        {%- endfor %}
        else {{ 0.0001 if listed == 'films' else 0.02 }}
    end
{%- endmacro %}

{# Types that publishers confuse. #}
{% macro type_family(title_type) -%}
    case
        when {{ title_type }} in ('tvSeries', 'tvMiniSeries') then 'series'
        when {{ title_type }} in ('tvEpisode', 'tvPilot') then 'episode'
        when {{ title_type }} in ('videoGame') then 'game'
        else 'film'
    end
{%- endmacro %}
