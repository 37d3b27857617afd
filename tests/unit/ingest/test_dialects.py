"""`ingest.tabular` in other dialects than TSV: the same law, quotes and line ends included."""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest import decode, records, rejects, tabular
from ingest.catalog import Table, columns
from ingest.dialect import COLONS, CSV, Dialect
from tests.unit.ingest import oracle
from tests.unit.ingest.builders import Outcome

LAW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FILMS = Table("films", columns("id:long! title:text score:half_stars note:text"), key=("id",))
HEADER = b"id,title,score,note\n"


def load(folder: Path, text: bytes, dialect: Dialect = CSV, table: Table = FILMS) -> Outcome:
    source = folder / "films.csv"
    source.write_bytes(text)
    with duckdb.connect(config={"threads": 2}) as connection:
        measured = decode.measure(source, dialect=dialect)
        counts = tabular.load(
            connection, table, source, measured, folder, source_file="films.csv", dialect=dialect
        )
        rows = connection.execute(
            "from read_parquet($file)", {"file": str(folder / f"{table.name}.parquet")}
        ).fetchall()
        rejected = connection.execute(
            "select line_number, column_name, reason, raw_line from read_parquet($file)",
            {"file": str(rejects.path(folder, table.name))},
        ).fetchall()
    return Outcome(counts, rows, rejected)


def same(got: Outcome, text: bytes, dialect: Dialect = CSV, table: Table = FILMS) -> None:
    rows, rejected = oracle.outcome(table, text, dialect)
    assert sorted(got.rows, key=repr) == sorted(rows, key=repr)
    assert got.rejected == rejected
    assert got.counts.loaded_count == len(rows)
    assert got.counts.received_count == len(rows) + len(rejected)


def joined(parts: Iterable[bytes]) -> bytes:
    return b"".join(parts)


TITLES = ["Lamp", "", '"Lamp, The (1931)"', '"A ""B"" C"', '""', '"two\nlines"', '"x\r\ny"', "\\N"]
BROKEN = ['La"mp', '"Lamp', 'Lamp"', '"La"mp', ' "Lamp"', '"Lamp" ', '"""', '"a"b"', "é", "\r", '"']
FIELDS = st.one_of(*[st.sampled_from(TITLES)] * 5, st.sampled_from(BROKEN))


@st.composite
def csv_texts(draw: st.DrawFn) -> bytes:
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    tidy = draw(st.booleans())
    titles = st.sampled_from([one for one in TITLES if "\n" not in one]) if tidy else FIELDS
    ids = st.integers(1, 30).map(str) if not tidy else st.integers(1, 9999).map(str)
    sound = st.tuples(ids, titles, st.sampled_from(["0.5", "4.0", "", '"3.5"']), titles).map(
        ",".join
    )
    wrong = st.sampled_from(
        ["", ",", "\r", "1,2", "1,a,4.0,b,", "x,y,4,z", "1,a,9,b", '"', '",\n"']
    )
    lines = draw(st.lists(sound if tidy else st.one_of(sound, sound, sound, wrong), max_size=20))
    text = newline.join(["id,title,score,note", *lines, ""]).encode()
    if draw(st.integers(0, 4)) == 0:
        text = text.removesuffix(newline.encode())
    if not tidy and draw(st.integers(0, 3)) == 0:
        text = text.replace(b"Lamp", b"\xe9t\xe9")
    return draw(st.sampled_from([b"", decode.BOM])) + text


@LAW
@given(text=csv_texts())
def test_every_record_is_loaded_or_in_the_ledger(tmp_path: Path, text: bytes) -> None:
    same(load(tmp_path, text), text)


@LAW
@given(
    text=csv_texts(), block=st.sampled_from([1, 7, 64]), longest=st.sampled_from([12, 40, 4 << 20])
)
def test_blocks_end_anywhere(tmp_path: Path, text: bytes, block: int, longest: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "BLOCK_BYTES", block)
        patch.setattr(records, "_WINDOW_BYTES", block)
        patch.setattr(records, "MAX_BYTES", longest)
        patch.setattr(oracle, "MAX_LINE_BYTES", longest)
        patch.setattr(tabular, "MAX_LINE_BYTES", longest)
        patch.setattr(tabular, "_load_fast", lambda *_: False)
        same(load(tmp_path, text), text)


@LAW
@given(
    soup=st.lists(
        st.sampled_from(
            [b",", b",", b'"', b'"', b"\n", b"\r\n", b"\r", b"1", b"4.0", b"\x00", b"\xe9"]
        ),
        max_size=60,
    ).map(joined)
)
@example(soup=b'1,"a\n2,b,4.0,c\n3,"d",4.0,e\n')
@example(soup=b'1,"a""\r\n')
def test_no_byte_soup_is_lost(tmp_path: Path, soup: bytes) -> None:
    same(load(tmp_path, HEADER + soup), HEADER + soup)


PAIRS = Table("pairs", columns("id:title_number! title:text!"), key=("id",))


@LAW
@given(
    lines=st.lists(
        st.one_of(
            st.sampled_from(
                [b"", b"::", b"0000002", b"0000001::a::b", b":::", b"x::y", b"1::\xff"]
            ),
            st.tuples(
                st.sampled_from([b"0000001", b"12345678", b"0000007", b"0000008", b"9"]),
                st.sampled_from([b"A: B (1931)", b"a:", b":a", b'"x', b"", b"x,y", b"\\N"]),
            ).map(b"::".join),
        ),
        max_size=12,
    ),
    newline=st.sampled_from([b"\n", b"\r\n"]),
)
def test_two_colons_part_fields_and_one_does_not(
    tmp_path: Path, lines: list[bytes], newline: bytes
) -> None:
    text = newline.join([*lines, b""]) or newline
    same(load(tmp_path, text, COLONS, PAIRS), text, COLONS, PAIRS)
