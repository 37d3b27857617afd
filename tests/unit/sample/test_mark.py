"""Invented dumps say that they are."""

from ingest import incoming
from sample import imdb


def test_the_loader_looks_for_the_mark_that_the_sample_leaves() -> None:
    assert imdb.MARK == incoming.INVENTED
