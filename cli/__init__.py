"""The `arthouse` command."""
