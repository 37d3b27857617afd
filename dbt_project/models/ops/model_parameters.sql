-- One row per number that a model takes as given, with its value in this release.

with

model_parameters as (

    {% for parameter_name in [
    'weighted_rating_prior_votes',
    'weighted_rating_prior_mean',
    'notable_title_votes',
    'also_liked_min_rating',
    'also_liked_user_likes',
    'also_liked_min_support',
    'also_liked_shrinkage',
] %}
    select
        -- keys
        '{{ parameter_name }}' as parameter_name,

        -- measures
        cast({{ var(parameter_name) }} as double) as parameter_value
    {%- if not loop.last %}

    union all
    {% endif %}
    {% endfor %}

)

select * from model_parameters
