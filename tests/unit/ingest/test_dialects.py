"""`ingest.tabular` in other dialects than TSV: the same law, quotes and line ends included."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest import decode, records, rejects, tabular
from ingest.catalog import Table, columns
from ingest.dialect import COLONS, CSV, Dialect
from ingest.errors import SourceChangedError, SourceDamagedError
from tests.unit.ingest import oracle
from tests.unit.ingest.builders import Outcome

LAW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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


def went_fast(folder: Path, text: bytes, dialect: Dialect = CSV, table: Table = FILMS) -> bool:
    source = folder / "films.csv"
    source.write_bytes(text)
    measured = decode.measure(source, dialect=dialect)
    names = tabular.header_columns(table, measured, "films.csv", dialect)
    reading = tabular._Reading(table, names, source, measured, dialect)
    with duckdb.connect() as connection:
        target = folder / "films.parquet"
        return tabular._load_fast(connection, reading, tabular._all(table), target)


def test_only_a_tidy_text_goes_the_fast_way(tmp_path: Path) -> None:
    tidy = HEADER + b'1,Lamp,4.0,\n2,"Lamp, The ""B""",0.5,"x"\n'
    assert went_fast(tmp_path, tidy)
    assert went_fast(tmp_path, decode.BOM + tidy)
    assert went_fast(tmp_path, tidy.replace(b"\n", b"\r\n"))
    assert went_fast(tmp_path, tidy.replace(b"\n", b"\r\n").removesuffix(b"\r\n"))
    assert went_fast(tmp_path, b"0000001::A: B\n", COLONS, PAIRS)
    for untidy in (
        tidy.replace(b"\n", b"\r\n", 1),
        tidy.replace(b"Lamp,4", b"La\rmp,4"),
        tidy + b'3,"two\nlines",4.0,x\n',
        tidy + b'3,La"mp,4.0,x\n',
        tidy + b"1,again,4.0,x\n",
        tidy + b"\n",
        tidy + b"3,a,9.0,x\n",
        tidy + b"3,\xff,4.0,x\n",
        tidy + b"3,a,4.0\n",
        tidy + b"3,a,4.0,x,\n",
    ):
        assert not went_fast(tmp_path, untidy)


def test_an_open_quote_swallows_no_line_but_its_own(tmp_path: Path) -> None:
    lines = [b"%d,Lamp,4.0,x" % number for number in range(1, 2000)]
    lines[500] = b'9999,"Lamp,4.0,x'
    lines[900] = b'901,"Lamp, The",4.0,x'
    text = HEADER + b"\n".join(lines) + b"\n"
    got = load(tmp_path, text)
    assert got.rejected == [(502, None, "a quote is out of place, or never closes", lines[500])]
    assert got.counts.loaded_count == 1998


def test_an_open_quote_at_the_end_swallows_nothing(tmp_path: Path) -> None:
    text = HEADER + b'1,"Lamp,4.0,x\n2,Boat,4.0,x\n3,Kite,4.0,x'
    got = load(tmp_path, text)
    assert [line for line, *_ in got.rejected] == [2]
    assert sorted(int(str(row[0])) for row in got.rows) == [2, 3]


def test_a_file_of_torn_lines_takes_no_block_for_each(tmp_path: Path) -> None:
    """A look at the whole block for each of them would be gigabytes."""
    text = HEADER + b'1,La"mp,4.0,x\n' * 5_000
    got = load(tmp_path, text)
    assert (got.counts.received_count, got.counts.rejected_count) == (5_000, 5_000)


def test_a_record_of_several_lines_has_the_number_of_its_first(tmp_path: Path) -> None:
    text = HEADER + b'1,"a\nb\r\n""c""",4.0,x\n2,b,9.0,x\n'
    got = load(tmp_path, text)
    assert got.rows[0][1] == 'a\nb\r\n"c"'
    assert [line for line, *_ in got.rejected] == [5]


def test_a_quoted_record_may_have_four_mebibytes_and_no_more(tmp_path: Path) -> None:
    half = b"x" * (records.MAX_BYTES // 2)
    rest = len(b'1,"\n",4.0,')
    short = HEADER + b'1,"' + half + b"\n" + half[rest:] + b'",4.0,\n2,b,4.0,\n'
    assert load(tmp_path, short).counts.rejected_count == 0
    long = short.replace(b"\nxx", b"\nxxx")
    got = load(tmp_path, long)
    assert [
        (line, reason.split(",")[0]) for line, _, reason, _ in map(by_reason, got.rejected)
    ] == [
        (2, "a quote is out of place"),
        (3, "a quote is out of place"),
    ]
    assert got.counts.loaded_count == 1


def by_reason(reject: tuple[object, ...]) -> tuple[int, object, str, bytes]:
    line, column, reason, raw = reject
    assert isinstance(line, int)
    assert isinstance(raw, bytes)
    return line, column, str(reason), raw


@pytest.mark.parametrize(
    "head",
    [b"score,note,id,title", b'"score","note","id","title"', b"extra,score,note,id,title,more"],
)
def test_columns_are_found_by_name(tmp_path: Path, head: bytes) -> None:
    values = {b"score": b"4.0", b"note": b"n", b"id": b"7", b"title": b'"Lamp, The"'}
    row = b",".join(values.get(name.strip(b'"'), b"?") for name in head.split(b","))
    for text in (head + b"\n" + row + b"\n", head + b"\r\n" + row + b'\r\n8,"x'):
        got = load(tmp_path, text)
        assert [(row[0], row[1], str(row[2]), row[3]) for row in got.rows] == [
            (7, "Lamp, The", "4.0", "n")
        ]
        assert got.counts.extra_columns == [n for n in ("extra", "more") if n.encode() in head]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"id,title,score\n1,a,4.0\n", "its header lacks note"),
        (b"id,title,score,note,id\n", "repeats a name"),
        (b'id,title,score,"note\n1,a,4.0,b\n', "its header lacks"),
        (b'id,title,score,"note"x\n', "its header lacks"),
        (b"\n1,a,4.0,b\n", "its header lacks id"),
        (b"id;title;score;note\n1;a;4;b\n", "its header lacks id"),
        ("id,title,score,note\n1,a,4.0,b\n".encode("utf-16"), "looks like UTF-16"),
        ("id,title,score,note\n1,a,4.0,b\n".encode("utf-16-le"), "looks like UTF-16"),
        ("id,title,score,note\n1,a,4.0,b\n".encode("utf-16-be"), "looks like UTF-16"),
        (b"id,title,score,note\r1,a,4.0,b\r", "carriage return alone"),
        (b"<html><body>404</body></html>", "its header lacks id"),
        (b'{"id": 1}\n', "its header lacks id"),
    ],
)
def test_another_header_stops_the_load(tmp_path: Path, text: bytes, words: str) -> None:
    with pytest.raises(SourceChangedError, match=words):
        load(tmp_path, text)
    assert not (tmp_path / "films.parquet").exists()


def test_a_text_without_header_shows_what_it_is_by_its_first_line(tmp_path: Path) -> None:
    for text in ("0000001::a\n".encode("utf-16"), b"0000001::a\r0000002::b\r"):
        with pytest.raises(SourceChangedError, match="it looks like"):
            load(tmp_path, text, COLONS, PAIRS)


def test_latin_1_is_rejected_line_by_line_and_never_guessed(tmp_path: Path) -> None:
    text = HEADER + "1,Café,4.0,x\n2,Lamp,4.0,x\n".encode("latin-1")
    got = load(tmp_path, text)
    assert got.rejected == [(2, None, "not valid UTF-8", b"1,Caf\xe9,4.0,x")]


def test_an_empty_file_is_damaged_and_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    with pytest.raises(SourceDamagedError, match="the file is empty"):
        load(tmp_path, b"")
    with pytest.raises(SourceDamagedError, match="the file is empty"):
        load(tmp_path, decode.BOM, COLONS, PAIRS)
    for text in (HEADER, HEADER.strip(), HEADER.strip() + b"\r\n", decode.BOM + HEADER):
        got = load(tmp_path, text)
        assert (got.rows, got.rejected, got.counts.received_count) == ([], [], 0)


def test_crlf_throughout_is_no_oddity_and_in_places_is(tmp_path: Path) -> None:
    text = HEADER + b"1,a,4.0,b\n"
    assert load(tmp_path, text.replace(b"\n", b"\r\n")).counts.warnings == []
    [words] = load(tmp_path, text + b"2,a,4.0,b\r\n").counts.warnings
    assert words.startswith("holds carriage returns")


def test_judging_gives_every_record_its_row_or_its_reason(tmp_path: Path) -> None:
    source, judged = tmp_path / "films.csv", tmp_path / "judged.parquet"
    source.write_bytes(HEADER + b'1,"a\nb",4.0,\n2,b\n1,"a\nb",4.0,\n3,La"mp,1,x\n4,a,7,x\n')
    text = decode.measure(source, dialect=CSV)
    with duckdb.connect() as connection:
        got = tabular.judge(
            connection, FILMS, source, text, judged, source_file="films.csv", dialect=CSV
        )
        rows = connection.execute(
            "select line_number, reason, column_name, raw_line, id, title, note "
            "from read_parquet($file) order by 1",
            {"file": str(judged)},
        ).fetchall()
    torn = "a quote is out of place, or never closes"
    assert got == tabular.Judged(5, [], [])
    assert rows == [
        (2, None, None, b'1,"a\nb",4.0,', 1, "a\nb", None),
        (4, "2 fields, expected 4", None, b"2,b", None, None, None),
        (5, None, None, b'1,"a\nb",4.0,', 1, "a\nb", None),
        (7, torn, None, b'3,La"mp,1,x', None, None, None),
        (8, "not a rating from 0.5 to 5 in halves", "score", b"4,a,7,x", None, None, None),
    ]


def test_a_dialect_that_no_reader_agrees_on_is_refused() -> None:
    for delimiter, quote in (("", ""), ("12345", ""), ("::", '"'), (",", "é")):
        with pytest.raises(ValueError, match="delimiter"):
            Dialect(delimiter, "", quote=quote)


GIGABYTE_LINE = """
import sys
from pathlib import Path
from ingest import decode
from ingest.dialect import CSV
from ingest.errors import SourceDamagedError
try:
    decode.measure(Path(sys.argv[1]), dialect=CSV)
except SourceDamagedError as error:
    print(error.reason)
# Linux's ru_maxrss begins with the parent's size.
[peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(peak.split()[1]) >> 10)
"""


@pytest.mark.parametrize("start", [b"", b"id,title\n", b'id,title\n1,"'])
def test_a_line_of_a_gigabyte_is_refused_in_bounded_memory(tmp_path: Path, start: bytes) -> None:
    source = tmp_path / "films.csv"
    source.write_bytes(start)
    with source.open("r+b") as handle:
        handle.truncate(1 << 30)
    done = subprocess.run(
        [sys.executable, "-c", GIGABYTE_LINE, str(source)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    reason, peak = done.stdout.splitlines()
    assert reason == "no line ends within 268435456 bytes"
    assert int(peak) < 700
