"""Answers in each form, and what a person is told of errors."""

import csv
import io
import json
import sys
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from cli import grid, query
from cli.query import Output, PlaceError
from tests import small_release
from warehouse import sandbox

ODD = (
    "select 170141183460469231731687303715884105727::hugeint as huge, interval '1 day' as span, "
    "'a'::enum('a', 'b') as letter, {'a': [1]} as nested, null as nothing, 1 as a, 2 as a, "
    "'101'::bit as bits, map {'k': 1} as pairs, [] as empty, "
    "340282366920938463463374607431768211455::uhugeint as unsigned from range(2)"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home") / "data"
    small_release.publish(folder)
    return folder


def written(home: Path, statement: str, form: str, target: Path, **more: bool) -> bytes:
    query.run(home, statement, Output(form, target, **more), query.limits(None))
    return target.read_bytes()


def test_csv_is_as_stored(home: Path, tmp_path: Path) -> None:
    statement = "select primary_title from dim_titles order by title_id"
    data = written(home, statement, "csv", tmp_path / "titles.csv")
    assert data.decode().splitlines() == ["primary_title", *small_release.TITLES]


def test_csv_for_a_spreadsheet_holds_no_formula(home: Path, tmp_path: Path) -> None:
    texts = [
        "=1+1",
        "+1",
        "-1",
        "@sum",
        "\t=1",
        "\r=1",
        ' "=1',
        "\uff1d1",
        "\n=1",
        "a=1",
        "1-1",
        "",
    ]
    values = ", ".join(f"({n}, '{text}')" for n, text in enumerate(texts))
    statement = (
        f'select text as "=head", -1 as number from (values {values}) t (n, text) order by n'
    )
    file = tmp_path / "guarded.csv"
    written(home, statement, "csv", file, spreadsheet=True)
    with file.open(newline="", encoding="utf-8") as handle:
        head, *rows = csv.reader(handle)
    assert head == ["'=head", "number"]
    assert [text for text, _ in rows[:9]] == [f"'{text}" for text in texts[:9]]
    assert [text for text, _ in rows[9:]] == texts[9:]
    assert {number for _, number in rows} == {"-1"}


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_every_row_of_a_large_answer_is_written(home: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"rows.{form}"
    written(home, "select range as n, 'x' || range as t from range(300000)", form, file)
    with duckdb.connect() as connection:
        found = connection.execute(f"select count(*), sum(n), max(t) from '{file}'").fetchall()
    assert found == [(300_000, 300_000 * 299_999 // 2, "x99999")]


def test_odd_types_survive_each_form(home: Path, tmp_path: Path) -> None:
    lines = written(home, ODD, "csv", tmp_path / "odd.csv").decode().splitlines()
    assert lines[0] == "huge,span,letter,nested,nothing,a,a_1,bits,pairs,empty,unsigned"
    assert lines[1] == lines[2]
    assert lines[1] == (
        "170141183460469231731687303715884105727,1 day,a,{'a': [1]},,1,2,101,{k=1},[],"
        "340282366920938463463374607431768211455"
    )
    [line, _] = written(home, ODD, "json", tmp_path / "odd.json").decode().splitlines()
    assert '"huge":170141183460469231731687303715884105727' in line
    assert json.loads(line)["nested"] == {"a": [1]}
    written(home, ODD, "parquet", tmp_path / "odd.parquet")
    with duckdb.connect() as connection:
        row = connection.execute(f"select * from '{tmp_path}/odd.parquet'").fetchone()
    assert row
    assert (row[0], row[1], row[2], row[10]) == (2**127 - 1, "1 day", "a", str(2**128 - 1))


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_no_rows_are_written_as_such(home: Path, tmp_path: Path, form: str) -> None:
    data = written(home, "select 1 as a where false", form, tmp_path / "none")
    assert data == {"csv": b"a\n", "json": b""}.get(form, data)
    if form == "parquet":
        with duckdb.connect() as connection:
            assert connection.read_parquet(str(tmp_path / "none")).columns == ["a"]


def test_a_file_is_whole_or_as_it_was(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "answer.csv"
    file.write_text("yesterday's", "utf-8")
    late = "select if(range = 900000, error('late'), range) from range(1000000)"
    with pytest.raises(sandbox.QueryError, match="late"):
        query.run(home, late, Output("csv", file), query.limits(None))
    assert file.read_text("utf-8") == "yesterday's"
    assert [path.name for path in tmp_path.iterdir()] == ["answer.csv"]


def test_a_place_that_cannot_be_written_is_named(home: Path, tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match="No such file or directory"):
        query.run(home, "select 1", Output("csv", tmp_path / "no/x.csv"), query.limits(None))
    with pytest.raises(PlaceError, match="arthouse's own"):
        query.run(home, "select 1", Output("csv", home / "warehouse.duckdb"), query.limits(None))
    with pytest.raises(PlaceError, match="--out"):
        query.run(home, "select 1", Output("parquet"), query.limits(None))


def shown(home: Path, statement: str) -> str:
    answer = sandbox.ask(next((home / "releases").iterdir()), statement, query.limits(None))
    out = Console(file=io.StringIO(), force_terminal=True, width=120)
    grid.show(answer, out)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_stored_text_commands_no_terminal(home: Path) -> None:
    text = shown(home, 'select primary_title as "a\x1b[2Jb" from dim_titles order by title_id')
    assert "a␛[2Jb" in text
    assert "␛]0;owned␇␛[31mRed" in text
    assert "\x1b]" not in text
    assert "\x1b[31m" not in text
    assert "\x07" not in text
    assert "[bold]Not bold[/bold]" in text


@pytest.mark.parametrize(
    "sign", ["\x00", "\x1b", "\x7f", "\x9b", "\x9d", "\u202e", "\u2028", "\u200b"]
)
def test_no_control_character_is_sent(sign: str) -> None:
    assert sign not in grid.visible(f"a{sign}b")
    assert len(grid.visible(f"a{sign}b")) == 3


def test_ordinary_text_of_any_script_is_as_it_is() -> None:
    text = "Amélie 東京物語 Сталкер العربية 🎬"
    assert grid.visible(text) == text


def test_a_table_shows_the_first_rows_and_says_how_many_there_are(home: Path) -> None:
    text = shown(home, "select range as n from range(1234)")
    assert "200 of 1,234 rows" in text
    assert " 199 " in text
    assert " 200 │" not in text


def test_null_is_told_from_an_empty_text(home: Path) -> None:
    text = shown(home, "select null as a, '' as b, [null] as c, 1.5::double as d, 1e-7 as e")
    assert "NULL" in text
    assert "[NULL]" in text
    assert "1e-07" in text


def complaint(home: Path, statement: str) -> list[str]:
    out = Console(file=io.StringIO(), width=100)
    try:
        query.run(home, statement, Output(), query.limits(None))
    except sandbox.QueryError as error:
        query.complain(error, statement, out)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue().splitlines()


def test_an_error_is_shown_under_its_place(home: Path) -> None:
    assert complaint(home, "select title_id,\n  '東京', primary_titel\nfrom dim_titles")[:2] == [
        "line 2:   '東京', primary_titel",
        "                  ^^^^^^^^^^^^^",
    ]


def test_a_long_line_is_shown_around_the_place(home: Path) -> None:
    statement = "select " + "1 + " * 200 + "nosuch from dim_titles"
    line, mark, *_ = complaint(home, statement)
    assert len(line) < 120
    assert line[mark.index("^") :].startswith("nosuch")


def test_an_error_commands_no_terminal(home: Path) -> None:
    assert complaint(home, "select error(chr(27) || ']0;owned' || chr(7))") == ["␛]0;owned␇"]


def test_a_statement_comes_from_a_file_or_stdin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "q.sql"
    file.write_text("select 'é'", "utf-8")
    assert query.read(None, file) == "select 'é'"
    assert query.read("select 1", None) == "select 1"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"select \xff")))
    with pytest.raises(PlaceError, match="not UTF-8"):
        query.read(None, None)
    with pytest.raises(PlaceError, match="No such file"):
        query.read(None, tmp_path / "none.sql")
