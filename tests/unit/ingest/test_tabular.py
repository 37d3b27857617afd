"""`ingest.tabular`: a line is loaded as it is written, or it is in the ledger with the reason."""

import json
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from ingest import decode, tabular
from ingest.catalog import IMDB, Table, columns
from ingest.dialect import TSV
from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.forms import FORMS
from tests.unit.ingest import oracle
from tests.unit.ingest.builders import ROWS, Outcome, dump, header, load, pack

LAW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# Digits to Unicode, but none that IMDb writes.
INDIC = "\u0661\u0662"
NASTY = ["", "\\N", "NA", "None", "null", '"', '"x', 'x"', "\\", "a\\", "#", " x ", "\u2028"]
NASTY += ["\ufeff", "\x00", "\x85", "é", "😀", "a\rb", "\r", "\x0b", "'", ";", "~~never~~", "-"]
GOOD = {
    "text": ["The Lamp", '"Harbour', "Ace", 'Pilot"'],
    "whole": ["0", "7", "007", "51420"],
    "year": ["1931", "0", "2035"],
    "flag": ["0", "1"],
    "rating": ["7.4", "10", "10.0", "0.0"],
    "long": ["0", "007", "123456789012345678"],
    "half_stars": ["0.5", "1", "4.0", "4.5", "5", "5.0"],
    "ten_stars": ["0", "7", "10"],
    "epoch": ["0", "789652009", "1445714994", "9999999999"],
    "title_number": ["0114709", "0000000", "12345678", "12345678901234567"],
    "title_id": ["tt0000001", "tt0000002", "tt12345678"],
    "person_id": ["nm0000001", "nm12345678"],
    "title_ids": ["tt0000001", "tt0000002,tt0000001", ""],
    "person_ids": ["nm0000003", "nm0000001,nm0000001", ""],
    "comma_texts": ["Drama", "Drama,Crime", ""],
    "stx_texts": ["dvd", "dvd\x02alternative", ""],
    "json_texts": [
        '["Self"]',
        '["a","b"]',
        '"[""Self""]"',
        '["A \\"B\\" C"]',
        "[]",
        '[ "\\u00e9" ]',
    ],
}
REFUSED = {
    "text": ["\x02"],
    "whole": ["1.5", "1_000", " 7", "+5", "0x1F", "-3", INDIC, "1e3", "7 ", "1000000000"],
    "year": ["19311", "1931 ", "-44", INDIC, "1_9"],
    "flag": ["2", "true", "01", "f", INDIC],
    "rating": ["7.55", ".5", "7.", "-1.0", "100.0", "7,4", "1e1", "nan"],
    "long": ["1.0", "-1", " 7", "1e3", INDIC, "1234567890123456789"],
    "half_stars": ["0", "0.0", "0.4", "5.5", "4.25", ".5", "4.", "04", "-1", "4,5", INDIC],
    "ten_stars": ["11", "7.5", "-1", "07", "7.0", INDIC],
    "epoch": ["1445714994.5", "-1", "14457149940", "2015-10-24", "1e9", INDIC],
    "title_number": ["0", "114709", "01147090", "tt0114709", "-1", "1.0", "1" * 18, INDIC],
    "title_id": ["tt00000012", "TT0000001", "tt123", "nm0000001", "tt0000001 ", "tt" + "1" * 18],
    "person_id": ["nm00000012", "NM0000001", "nm", "tt0000001", "nm" + INDIC * 3 + "1"],
    "title_ids": ["tt0000001,", ",", "tt0000001, tt0000002", "tt0000001,nm0000001", "tt1"],
    "person_ids": ["nm0000001,,nm0000002", "nm0000001;nm0000002"],
    "comma_texts": [",", "Drama,", ",Drama", "Drama,,Crime"],
    "stx_texts": ["\x02", "dvd\x02", "a\x02\x02b"],
    "json_texts": [
        "[null]", '["a",null]', "[1]", '[["a"]]', '[{"a":"b"}]', '{"a":"b"}', '"x"', "null", "x",
        '["a"', '["a"]x', '["\\ud800"]', '["a\\q"]', '["a",]', "[,]", '["a\x01"]', "['a']",
        '["a" "b"]',
        '"["Self"]"', '"[""a"",1]"', '"""', "[NaN]", "[true]", '["a"]["b"]', '"[""a""]', '["a"]"',
    ],
}  # fmt: skip


def same(got: Outcome, table_name: str, text: bytes) -> None:
    """The outcome is the oracle's, in rows, rejects and counts."""
    rows, rejected = oracle.outcome(IMDB.table(table_name), text)
    assert sorted(got.rows, key=repr) == sorted(rows, key=repr)
    assert got.rejected == rejected
    counts = got.counts
    assert counts.loaded_count == len(rows)
    assert counts.rejected_count == len(rejected)
    assert counts.received_count == len(rows) + len(rejected)
    assert counts.duplicate_count == sum(" line " in reason for _, _, reason, _ in rejected)


def judged_one(folder: Path, form: str, value: str) -> tuple[object, ...]:
    """Judge one field of a form: (its value, its column if it is bad, the reason)."""
    table = Table("forms", columns(f"place:whole! value:{form}"), key=("place",))
    source, judged = folder / "forms.tsv", folder / "forms.parquet"
    source.write_text(f"place\tvalue\n1\t{value}\n", "utf-8")
    text = decode.measure(source)
    with duckdb.connect() as connection:
        counts = tabular.judge(connection, table, source, text, judged, source_file="forms.tsv")
        [row] = connection.execute(
            "select value, column_name, reason from read_parquet($file)", {"file": str(judged)}
        ).fetchall()
    assert counts.received_count == 1
    return tuple(row)


@pytest.mark.parametrize(
    ("form", "value"), [(form, value) for form, values in GOOD.items() for value in values]
)
def test_a_form_reads_its_spellings(tmp_path: Path, form: str, value: str) -> None:
    assert judged_one(tmp_path, form, value) == (oracle.READ[form](value), None, None)
    assert oracle.READ[form](value) is not oracle.BAD


@pytest.mark.parametrize(
    ("form", "value"),
    [(form, value) for form, values in REFUSED.items() if form != "text" for value in values],
)
def test_a_form_refuses_what_only_looks_alike(tmp_path: Path, form: str, value: str) -> None:
    assert judged_one(tmp_path, form, value) == (None, "value", FORMS[form].complaint)
    assert oracle.READ[form](value) is oracle.BAD
    assert oracle.COMPLAINTS[form] == FORMS[form].complaint


def test_every_form_is_tried() -> None:
    assert set(FORMS) == set(GOOD) == set(REFUSED) == set(oracle.READ)


def fields_of(form: str) -> st.SearchStrategy[str]:
    usual = st.sampled_from(GOOD[form] + ["\\N"])
    return st.one_of(usual, usual, usual, usual, usual, st.sampled_from(REFUSED[form] + NASTY))


@st.composite
def dumps(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table and a dump of it in which anything may be wrong, but little at once."""
    table = draw(st.sampled_from(IMDB.tables))
    width = len(table.columns)
    extra = draw(st.sampled_from([0, 0, 0, 1, 2]))
    tidy = st.tuples(*(st.sampled_from(GOOD[c.form] + ["\\N"]) for c in table.columns))
    mixed = st.tuples(*(fields_of(c.form) for c in table.columns))
    fields = tidy if draw(st.booleans()) else mixed
    more = st.lists(st.sampled_from(["x", "", "\\N"]), min_size=extra, max_size=extra)
    sound = st.builds(lambda a, b: "\t".join([*a, *b]).encode(), fields, more)
    wrong = st.one_of(
        st.sampled_from([b"", b"\r", b"\\N", b"\t" * (width - 1), b"\xff", b"x\t\xed\xa0\x80\t"]),
        st.builds(bytes.__add__, sound, st.sampled_from([b"\t", b"\t\\N", b"\xc3"])),
        st.builds(lambda line: line.rpartition(b"\t")[0], sound),
        st.builds(lambda line: line.replace(b"a", b"\r", 1), sound),
    )  # fmt: skip
    lines = draw(st.lists(st.one_of(sound, sound, sound, sound, wrong), max_size=24))
    names = [header(table), *(f"extra {number}" for number in range(extra))]
    newline = draw(st.sampled_from([b"\n", b"\n", b"\n", b"\r\n"]))
    text = newline.join(["\t".join(names).encode(), *lines, b""])
    if draw(st.integers(0, 4)) == 0:
        text = text[: -len(newline)]
    mark = decode.BOM if draw(st.integers(0, 4)) == 0 else b""
    assume(text.split(b"\n")[0])
    return table.name, mark + text


@LAW
@given(case=dumps())
def test_every_line_is_loaded_or_in_the_ledger(tmp_path: Path, case: tuple[str, bytes]) -> None:
    table_name, text = case
    same(load(tmp_path, table_name, text), table_name, text)


@LAW
@given(case=dumps())
def test_the_careful_way_alone_gives_the_same(tmp_path: Path, case: tuple[str, bytes]) -> None:
    table_name, text = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tabular, "_load_fast", lambda *_: False)
        same(load(tmp_path, table_name, text), table_name, text)


@LAW
@given(
    lines=st.lists(
        st.lists(
            st.sampled_from([b"\t", b"\t", b"\\N", b'"', b"'", b"\\", b"\r", b"\x00", b"tt0000001"])
            | st.binary(max_size=3).map(lambda raw: raw.replace(b"\n", b"")),
            max_size=8,
        ).map(b"".join),
        max_size=20,
    )
)  # fmt: skip
def test_no_byte_soup_is_lost(tmp_path: Path, lines: list[bytes]) -> None:
    text = dump("title_akas", []) + b"".join(line + b"\n" for line in lines)
    same(load(tmp_path, "title_akas", text), "title_akas", text)


@LAW
@given(values=st.lists(st.text(alphabet='[]",\\ub0ad8{}: 1n', max_size=14), max_size=40))
@example(['["a\\u0000b"]', '["\\ud83d\\ude00","\\/"]', '["a" , "b"] ', '["],"]', '[",]"]'])
@example(['"[""A \\""B\\"" C""]"', '"[]"', '"[""a"",]"', '[""]', '"[""""]"', '["\\\\"]'])
def test_characters_are_read_as_json_reads_them(tmp_path: Path, values: list[str]) -> None:
    rows = [
        f"tt0000001\t{number}\tnm0000001\tself\t\\N\t{value}" for number, value in enumerate(values)
    ]
    text = dump("title_principals", rows)
    same(load(tmp_path, "title_principals", text), "title_principals", text)


def goes_fast(
    connection: duckdb.DuckDBPyConnection, table: Table, source: Path, target: Path
) -> bool:
    text = decode.measure(source)
    names = tabular.header_columns(table, text, source.name)
    reading = tabular._Reading(table, names, source, text, TSV)
    return tabular._load_fast(connection, reading, tabular._all(table), target)


def went_fast(connection: duckdb.DuckDBPyConnection, folder: Path, text: bytes) -> bool:
    source = folder / "dump.tsv"
    source.write_bytes(text)
    table = IMDB.table("title_akas")
    return goes_fast(connection, table, source, folder / "title_akas.parquet")


def test_only_a_tidy_dump_goes_the_fast_way(tmp_path: Path) -> None:
    row = ROWS["title_akas"][0].encode()
    tidy = dump("title_akas")
    with duckdb.connect() as connection:
        assert went_fast(connection, tmp_path, tidy)
        assert went_fast(connection, tmp_path, decode.BOM + tidy)
        assert went_fast(connection, tmp_path, tidy.removesuffix(b"\n"))
        assert not went_fast(connection, tmp_path, tidy + row)
        assert not went_fast(connection, tmp_path, tidy + b"\n")
        assert not went_fast(connection, tmp_path, tidy.replace(b"\n", b"\r\n"))
        assert not went_fast(connection, tmp_path, tidy.replace(b"Die", b"\xff"))
        assert not went_fast(connection, tmp_path, tidy.replace(b"tt0000001\t2", b"tt1\t2"))


def test_balanced_quotes_never_merge_rows(tmp_path: Path) -> None:
    rows = [
        'tt0000001\t1\t"Open\tDE\t\\N\t\\N\t\\N\t0',
        'tt0000001\t2\tShut"\tDE\t\\N\t\\N\t\\N\t0',
        'tt0000001\t3\t"Whole"\tDE\t\\N\t\\N\t\\N\t0',
    ]
    got = load(tmp_path, "title_akas", dump("title_akas", rows))
    assert sorted(str(row[2]) for row in got.rows) == ['"Open', '"Whole"', 'Shut"']


def test_na_and_none_are_words_and_only_backslash_n_is_null(tmp_path: Path) -> None:
    rows = ["tt0000001\t1\tNone\tNA\tnull\t\\N\t\\N\t\\N", "tt0000001\t2\t\t\t\\n\t\t\t0"]
    got = load(tmp_path, "title_akas", dump("title_akas", rows))
    assert sorted(got.rows, key=repr) == [
        (1, 1, "None", "NA", "null", None, None, None),
        (1, 2, "", "", "\\n", [], [], False),
    ]


def test_ids_keep_their_number_beyond_seven_digits(tmp_path: Path) -> None:
    rows = ["tt32857063\t7.0\t5", "tt12345678901234567\t7.0\t5", "tt0000000\t7.0\t5"]
    got = load(tmp_path, "title_ratings", dump("title_ratings", rows))
    assert sorted(int(str(row[0])) for row in got.rows) == [0, 32857063, 12345678901234567]


@pytest.mark.parametrize("spare", [-2, -1, 0, 1, 2])
def test_the_longest_line_has_exactly_four_mebibytes(tmp_path: Path, spare: int) -> None:
    start, end = "tt0000001\t1\t", "\tDE\t\\N\t\\N\t\\N\t0"
    title = "x" * (tabular.MAX_LINE_BYTES - len(start) - len(end) + spare)
    text = dump("title_akas", [start + title + end, ROWS["title_akas"][1]])
    got = load(tmp_path, "title_akas", text)
    same(got, "title_akas", text)
    assert got.counts.rejected_count == (1 if spare > 0 else 0)


def test_a_line_longer_than_any_buffer_is_in_the_ledger_whole(tmp_path: Path) -> None:
    long = "tt0000001\t1\t" + "x" * (40 << 20) + "\tDE\t\\N\t\\N\t\\N\t0"
    text = dump("title_akas", [ROWS["title_akas"][1], long, ROWS["title_akas"][0]])
    got = load(tmp_path, "title_akas", text)
    assert len(got.rows) == 2
    assert got.rejected == [(3, None, "longer than 4194304 bytes", long.encode())]


def test_the_first_line_of_a_key_stays(tmp_path: Path) -> None:
    rows = ["tt0000001\t7.0\t5", "tt0000002\t7.0\t5", "tt0000001\t7.0\t5", "tt0000001\t8.0\t5"]
    got = load(tmp_path, "title_ratings", dump("title_ratings", rows))
    assert got.counts.duplicate_count == got.counts.rejected_count == 2
    assert [(line, column, reason) for line, column, reason, _ in got.rejected] == [
        (4, "tconst", "the same as line 2"),
        (5, "tconst", "repeats the key of line 2 with other values"),
    ]


def test_lists_that_share_their_elements_otherwise_are_other_values(tmp_path: Path) -> None:
    rows = ["tt0000001\tnm0000001\tnm0000002", "tt0000001\tnm0000001,nm0000002\t"]
    got = load(tmp_path, "title_crew", dump("title_crew", rows))
    assert [reason for _, _, reason, _ in got.rejected] == [
        "repeats the key of line 2 with other values"
    ]


def test_a_repeated_key_is_found_in_every_slice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"tt{number:07d}\t7.0\t5" for number in range(1, 40)]
    monkeypatch.setattr(tabular, "SLICE_ROWS", 10)
    for twice in (1, 2, 3, 4, 39):
        text = dump("title_ratings", [*rows, f"tt{twice:07d}\t7.0\t5"])
        got = load(tmp_path, "title_ratings", text)
        assert (got.counts.loaded_count, got.counts.duplicate_count) == (39, 1)


@pytest.mark.parametrize("twice", [0, 1, 31, 32, 62, 63, 64, 65, 127, 128, 999_999_999])
def test_a_repeated_key_is_found_at_every_bit(tmp_path: Path, twice: int) -> None:
    end = "\tx\tDE\t\\N\t\\N\t\\N\t0"
    orderings = [*range(130), 999_999_999]
    rows = [f"tt{title:07d}\t{number}{end}" for title in (1, 2) for number in orderings]
    table = IMDB.table("title_akas")
    source, target = tmp_path / "dump.tsv", tmp_path / "title_akas.parquet"
    with duckdb.connect() as connection:
        for more, fits in (([], True), ([f"tt0000002\t{twice}{end}"], False)):
            source.write_bytes(dump("title_akas", [*rows, *more]))
            assert goes_fast(connection, table, source, target) == fits


def test_an_extra_trailing_column_is_accepted_and_named(tmp_path: Path) -> None:
    text = dump("title_ratings").replace(b"numVotes\n", b"numVotes\tsource\n")
    text = text.replace(b"1200\n", b"1200\t\\N\n").replace(b"31\n", b"31\timported\n")
    got = load(tmp_path, "title_ratings", text)
    assert got.counts.extra_columns == ["source"]
    assert (got.counts.loaded_count, got.rejected) == (2, [])


@pytest.mark.parametrize("name", ["", "TCONST", "numvotes", "a'b\"c", "n\x00", "é", "x" * 5000])
def test_an_extra_column_may_have_any_name(tmp_path: Path, name: str) -> None:
    text = dump("title_ratings", []).rstrip(b"\n") + f"\t{name}\n".encode()
    got = load(tmp_path, "title_ratings", text + b"tt0000001\t7.4\t1200\tx\n")
    assert got.counts.extra_columns == [name]
    assert got.rejected == []
    assert got.counts.loaded_count == 1


@pytest.mark.parametrize("surplus", ["\t\\N", "\t", "\t\\N\t\\N", "\tx"])
def test_one_surplus_field_rejects_its_line_alone(tmp_path: Path, surplus: str) -> None:
    """DuckDB's reader drops trailing fields that are null without a word."""
    rows = [ROWS["title_ratings"][0] + surplus, ROWS["title_ratings"][1]]
    text = dump("title_ratings", rows)
    got = load(tmp_path, "title_ratings", text)
    same(got, "title_ratings", text)
    assert got.counts.rejected_count == 1


def test_fields_beyond_the_header_reject_the_line_even_when_they_are_null(tmp_path: Path) -> None:
    rows = ["tt0000001\t7.4\t1200\t\\N", "tt0000002\t7.4", "tt0000003\t7.4\t1200\t"]
    text = dump("title_ratings", rows)
    got = load(tmp_path, "title_ratings", text)
    same(got, "title_ratings", text)
    assert got.counts.rejected_count == 3


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("tconst\taverageRating", "its header lacks numVotes"),
        ("tconst\tnumVotes\taverageRating", "another order"),
        ("tconst\taverageRating\tvotes", "its header lacks numVotes"),
        ("x\ttconst\taverageRating\tnumVotes", "another order"),
        ("tconst\taverageRating\tnumVotes\tnumVotes", "repeats a name"),
        ("tt0000001\t7.4\t1200", "its header lacks tconst, averageRating, numVotes"),
        ("tconst\taverageRating\tNumVotes", "its header lacks numVotes"),
        ("", "its header lacks tconst"),
        ("<html>", "its header lacks tconst"),
        ("tconst\taverageRating\tnumVotes\tx\rtt0000001\t7.4\t12\ty", "carriage return alone"),
    ],
)
def test_another_header_stops_the_load(tmp_path: Path, head: str, words: str) -> None:
    with pytest.raises(SourceChangedError, match=words) as caught:
        load(tmp_path, "title_ratings", f"{head}\ntt0000001\t7.4\t1200\n".encode())
    assert caught.value.location == "dump.tsv"
    assert not (tmp_path / "title_ratings.parquet").exists()


def test_what_is_odd_but_loadable_is_a_warning(tmp_path: Path) -> None:
    text = decode.BOM + dump("title_ratings", newline="\r\n").removesuffix(b"\r\n")
    got = load(tmp_path, "title_ratings", text)
    same(got, "title_ratings", text)
    assert got.rejected == []
    assert [words.split(",")[0].split(":")[0] for words in got.counts.warnings] == [
        "starts with a byte order mark",
        "holds carriage returns; one at a line's end is left out",
        "the last line has no newline",
    ]


def test_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    for text in (dump("title_ratings", []), dump("title_ratings", []).strip()):
        got = load(tmp_path, "title_ratings", text)
        assert (got.rows, got.rejected, got.counts.received_count) == ([], [], 0)


def test_the_types_are_those_of_the_catalogue(tmp_path: Path) -> None:
    for table in IMDB.tables:
        load(tmp_path, table.name, dump(table.name))
        with duckdb.connect() as connection:
            stored = connection.execute(
                f"describe from read_parquet('{tmp_path / table.name}.parquet')"
            ).fetchall()
        expected = [(c.name, c.type.upper().replace(", ", ",")) for c in table.columns]
        assert [(name, kind) for name, kind, *_ in stored] == expected


def test_a_careful_load_writes_the_same_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabular, "_load_fast", lambda *_: False)
    test_the_types_are_those_of_the_catalogue(tmp_path)
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_a_dump_altered_after_it_was_measured_is_damaged(tmp_path: Path) -> None:
    rows = [f"tt{number:07d}\t7.0\t5" for number in range(1, 4000)]
    whole = pack(dump("title_ratings", rows))
    altered = bytearray(whole)
    altered[len(whole) // 2] ^= 4
    table = IMDB.table("title_ratings")
    source = tmp_path / "title.ratings.tsv.gz"
    for later in (whole[: len(whole) // 2], bytes(altered), pack(dump("title_ratings", rows[:-1]))):
        source.write_bytes(whole)
        text = decode.measure(source)
        source.write_bytes(later)
        with duckdb.connect() as connection, pytest.raises(SourceDamagedError) as caught:
            tabular.load(connection, table, source, text, tmp_path, source_file="ratings")
        assert caught.value.location == "ratings"


def test_a_folder_name_is_never_read_as_sql_or_as_a_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "it's [odd] {x} $y"
    text = dump("title_ratings", [*ROWS["title_ratings"], "tt1\t1\t1"])
    same(load(folder, "title_ratings", text, "it's [a] dump.tsv"), "title_ratings", text)
    tidy = dump("title_ratings")
    same(load(folder, "title_ratings", tidy, "it's [a] dump.tsv"), "title_ratings", tidy)


def test_a_second_load_never_writes_into_a_file_that_others_share(tmp_path: Path) -> None:
    load(tmp_path, "title_ratings", dump("title_ratings"))
    shared = tmp_path / "elsewhere.parquet"
    shared.hardlink_to(tmp_path / "title_ratings.parquet")
    before = shared.read_bytes()
    load(tmp_path, "title_ratings", dump("title_ratings", ["tt0000009\t1.0\t9"]))
    assert shared.read_bytes() == before


def test_the_oracle_reads_characters_itself() -> None:
    """A positive control: the oracle tells a CSV writer's list from a JSON text."""
    assert oracle.READ["json_texts"]('"[""Self""]"') == ["Self"]
    assert oracle.READ["json_texts"](json.dumps("Self")) is oracle.BAD
