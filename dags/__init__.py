"""When each step runs and in which order; nothing else."""
