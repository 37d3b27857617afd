-- One row: the prior by which this release weighs ratings.

select
    max(parameter_value) filter (
        where parameter_name = 'weighted_rating_prior_votes'
    ) as votes,
    max(parameter_value) filter (
        where parameter_name = 'weighted_rating_prior_mean'
    ) as mean
from ops.model_parameters
