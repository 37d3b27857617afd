"""Candidate to release: build, gate, seal, publish."""
