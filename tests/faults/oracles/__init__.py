"""Oracles: what a feed's files must become, in plain Python: slow, obvious, written on their own.

None of them calls a loader. What they share with the product is the catalogue, the seeds and the
digest, which have tests of their own.
"""
