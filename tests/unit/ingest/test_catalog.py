"""`ingest.catalog`: what the rest relies on when it reads the catalogue."""

import subprocess
import sys

import pytest

from ingest import catalog
from ingest.catalog import FEEDS, IMDB, MADE, TYPES
from ingest.forms import FORMS


def test_every_form_has_a_type_and_a_way_to_read_it() -> None:
    used = {column.form for feed in FEEDS.values() for t in feed.tables for column in t.columns}
    assert used <= {*TYPES, *MADE}
    assert set(TYPES) == set(FORMS)
    assert not set(TYPES) & set(MADE)


def test_a_key_is_of_required_whole_numbers() -> None:
    for table in IMDB.tables:
        columns = {column.name: column for column in table.columns}
        for name in table.key:
            assert columns[name].required
            # The proof of uniqueness sets bits by number.
            assert columns[name].type in {"bigint", "integer"}


def test_a_table_is_found_by_name_or_not_at_all() -> None:
    assert IMDB.table("title_crew").file == "title.crew.tsv"
    with pytest.raises(KeyError, match="title_cast"):
        IMDB.table("title_cast")


def test_every_source_names_its_terms() -> None:
    for feed in FEEDS.values():
        for source in feed.sources:
            assert source.licence
            assert source.attribution


def test_reading_the_catalogue_loads_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import ingest.catalog; "
        "new = {name.split('.')[0] for name in set(sys.modules) - before}; "
        "print(sorted(new - set(sys.stdlib_module_names) - {'ingest'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert catalog.__doc__
