"""Invented dumps in the exact formats, at any scale."""
