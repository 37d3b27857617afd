{# Lower end of the 95 % interval of a share, by E. B. Wilson, "Probable inference, the law
   of succession, and statistical inference", JASA 22 (1927), 209–212:
   (p + z²/2n − z·√((p(1 − p) + z²/4n) / n)) / (1 + z²/n), p = successes / n, z = 1.96. NULL
   without trials, and where the counts contradict each other. #}
{% macro wilson_lower_bound(successes, trials) -%}
    {%- set z = 1.959963984540054 -%}
    {%- set share = "(cast(" ~ successes ~ " as double) / " ~ trials ~ ")" -%}
    case
        when {{ trials }} > 0 and {{ successes }} between 0 and {{ trials }}
            -- at 0 the difference is a rounding error from it
            then greatest(0.0, (
                {{ share }} + {{ z * z / 2 }} / {{ trials }}
                - {{ z }} * sqrt(
                    ({{ share }} * (1 - {{ share }}) + {{ z * z / 4 }} / {{ trials }})
                    / {{ trials }}
                )
            ) / (1 + {{ z * z }} / {{ trials }}))
    end
{%- endmacro %}
