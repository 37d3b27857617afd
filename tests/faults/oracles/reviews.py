"""What dumps of reviews must become: four formats."""

from ingest import digest
from ingest.catalog import Column, Table
from ingest.dialect import CSV
from tests.faults.oracles import review, review_archives, review_objects
from tests.faults.oracles.review import Read, Row
from tests.faults.oracles.verdict import RefusedError, decoded, names
from tests.unit.ingest import oracle


def read(name: str, data: bytes) -> Read:
    """Every record of a file."""
    text = decoded(name, data)
    if ".tar" in name:
        return review_archives.read(name, text)
    return _kaggle(text) if ".csv" in name else review_objects.read(text)


def _kaggle(text: bytes) -> Read:
    if not {"review", "sentiment"} <= set(names(text)):
        raise RefusedError
    table = Table("reviews", (Column("review", "text"), Column("sentiment", "text")), ())
    found = Read()
    for line, _, verdict in oracle.judged(table, text, CSV):
        found.take(line, _kaggles_own(*verdict[1:]) if verdict[0] == "row" else verdict[0])
    return found


def _kaggles_own(text: object, sentiment: object) -> Row | str:
    said = review.body(str(text or ""))
    if review.is_blank(str(text or "")):
        return "review"
    if sentiment not in ("positive", "negative"):
        return "sentiment"
    return review.row("kaggle", str(digest.content(said)), said, sentiment_label=sentiment)
