"""What arrives: one module per feed."""
