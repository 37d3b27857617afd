"""The child of `warehouse.sandbox`: one person's SQL in a process that can do nothing else."""
