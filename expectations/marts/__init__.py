"""What would be published: one module per subject."""
