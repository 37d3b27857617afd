-- One row per number that a model takes as given.

with

parameters as (

    select
        parameter_name,
        parameter_value
    from ops.model_parameters

)

select * from parameters
order by parameter_name
