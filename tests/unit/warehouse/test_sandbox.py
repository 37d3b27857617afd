"""A person's SQL in a child process: what it answers, what it says of errors, how it ends."""

import os
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from time import monotonic, sleep

import psutil
import pyarrow as pa
import pytest

from tests import sandboxes, small_release
from warehouse import sandbox
from warehouse.sandbox import Limits

LONG = "select count(*) from range(100000000000) where range % 3 = 1"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_release.publish(tmp_path_factory.mktemp("home"))


def one(database: Path, expression: str) -> object:
    [[value]] = sandbox.ask(database, f"select {expression}").table.columns
    return value.as_py()


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("170141183460469231731687303715884105727::hugeint", str(2**127 - 1)),
        ("12::hugeint", 12),
        ("340282366920938463463374607431768211455::uhugeint", str(2**128 - 1)),
        ("interval '1 month 2 days'", "1 month 2 days"),
        ("'b'::enum('a', 'b')", "b"),
        ("{'a': 1, 'b': [{'c': interval '1 day'}]}", "{'a': 1, 'b': [{'c': 1 day}]}"),
        ("'6ccd780c-baba-1026-9564-5b8c656024db'::uuid", "6ccd780c-baba-1026-9564-5b8c656024db"),
        ("null", None),
        ("[null]", "[NULL]"),
        ("['a', null]", ["a", None]),
        ("[[1], [2]]", "[[1], [2]]"),
        ("'101'::bit", "101"),
        ("map {'a': 1}", "{a=1}"),
        ("union_value(k := 1)", "1"),
        ("'12:00:00+02'::timetz", "12:00:00+02"),
        (
            "123456789012345678901234567890123456789::bignum",
            "123456789012345678901234567890123456789",
        ),
        ("date '2020-02-29'", date(2020, 2, 29)),
        ("date '0044-03-15 (BC)'", "0044-03-15 (BC)"),
        ("'infinity'::timestamp", "infinity"),
        ("'2020-01-01 00:00:00.123456789'::timestamp_ns", "2020-01-01 00:00:00.123456789"),
        ("1::variant", "1"),
        ("'\\x00'::blob", "\\x00"),
        ("true", True),
    ],
)
def test_each_type_arrives_as_it_is(database: Path, expression: str, value: object) -> None:
    assert one(database, expression) == value


def test_columns_of_one_name_stay_apart(database: Path) -> None:
    table = sandbox.ask(database, "select 1 as a, 2 as a, 'x' as \"A\"").table
    assert table.column_names == ["a", "a", "A"]
    assert [column.to_pylist() for column in table.columns] == [[1], [2], ["x"]]


def test_an_answer_may_have_no_rows(database: Path) -> None:
    answer = sandbox.ask(database, "select * from dim_titles where false")
    assert (answer.table.num_rows, answer.total, answer.truncated) == (0, 0, False)
    assert answer.table.num_columns == 6


@pytest.mark.parametrize("rows", [1, 200, 2047, 2048, 2049])
def test_a_bounded_answer_says_how_many_there_are(database: Path, rows: int) -> None:
    limits = Limits(rows=rows)
    more = sandbox.ask(database, f"from range({rows + 1})", limits)
    assert (more.table.num_rows, more.total, more.truncated) == (rows, rows + 1, True)
    all_of_them = sandbox.ask(database, f"from range({rows})", limits)
    assert (all_of_them.table.num_rows, all_of_them.truncated) == (rows, False)


def test_rows_that_are_too_many_to_count_are_not_waited_for(database: Path) -> None:
    answer = sandbox.ask(database, "from range(100000000000)", Limits(rows=5))
    assert answer.table.column(0).to_pylist() == [0, 1, 2, 3, 4]
    assert (answer.truncated, answer.total) == (True, None)


def test_an_answer_that_is_too_large_is_refused(database: Path) -> None:
    with pytest.raises(sandbox.LimitError, match="larger than 1 MiB") as stopped:
        sandbox.ask(database, "select repeat('x', 2000000)", Limits(answer_bytes=1024**2))
    assert stopped.value.limit == "size"


def test_text_that_names_a_field_in_each_row_is_bounded_as_text(database: Path) -> None:
    """As Arrow sends it, it is a hundredth of its text."""
    field = "k" * 800
    with pytest.raises(sandbox.LimitError, match="larger than 1 MiB"):
        sandbox.ask(
            database,
            f"select list({{'{field}': (range % 9)::tinyint}}) from range(5000)",
            Limits(rows=10, answer_bytes=1024**2),
        )


def test_an_answer_that_is_too_wide_is_refused(database: Path) -> None:
    columns = ", ".join("1" for _ in range(1001))
    with pytest.raises(sandbox.LimitError, match="more than 1,000 columns") as stopped:
        sandbox.ask(database, f"select {columns}")
    assert stopped.value.limit == "size"


@pytest.mark.parametrize("rows", [None, 5])
def test_nested_values_of_one_name_keep_their_places(database: Path, rows: int | None) -> None:
    statement = """select [[1]] as "q""b", 7 as "q""b", {'a': 1} as "q""b", [2] as b"""
    table = sandbox.ask(database, statement, Limits(rows=rows)).table
    assert table.column_names == ['q"b', 'q"b', 'q"b', "b"]
    assert [column[0].as_py() for column in table.columns] == ["[[1]]", 7, "{'a': 1}", [2]]


@pytest.mark.parametrize(
    ("statement", "marked", "line", "column"),
    [
        ("select nosuch from dim_titles", "nosuch", 1, 8),
        ("select 'é漢😀',\n  nosuch\nfrom dim_titles", "nosuch", 2, 3),
        ("select *\nfrom dim_titels", "dim_titels", 2, 6),
        ("select 1 +", None, 1, None),
        ("select 'é', cast('x' as integer)", "cast('x' as integer)", 1, 13),
        ("select * from read_text('/etc/passwd')", "read_text('/etc/passwd')", 1, 15),
    ],
)
def test_an_error_points_at_its_place(
    database: Path, statement: str, marked: str | None, line: int, column: int | None
) -> None:
    with pytest.raises(sandbox.QueryError) as wrong:
        sandbox.ask(database, statement)
    place = wrong.value.place
    assert place
    assert place.line == line
    if marked:
        assert statement[place.start : place.start + place.length] == marked
        assert place.column == column


def test_the_place_in_a_text_that_query_runs_is_not_shown_elsewhere(database: Path) -> None:
    with pytest.raises(sandbox.QueryError) as wrong:
        sandbox.ask(database, "select * from query('select nosuch')")
    assert wrong.value.place is None


def test_what_is_misspelt_is_told_with_what_is_like_it(database: Path) -> None:
    with pytest.raises(
        sandbox.QueryError, match="no column primary_titel here; like it: primary_t"
    ):
        sandbox.ask(database, "select primary_titel from dim_titles")
    with pytest.raises(sandbox.QueryError, match="no table dim_titels; like it: dim_titles"):
        sandbox.ask(database, "from dim_titels")


def test_a_message_is_bounded(database: Path) -> None:
    with pytest.raises(sandbox.QueryError) as wrong:
        sandbox.ask(database, "select error(repeat('x', 10000000))")
    assert len(str(wrong.value)) <= 2_000


def test_a_stream_has_every_row_in_order(database: Path) -> None:
    with sandbox.stream(database, "from range(1000000)") as (schema, batches):
        assert schema.names == ["range"]
        values = pa.chunked_array([batch.column(0) for batch in batches])
    assert values.equals(pa.chunked_array([pa.array(range(1_000_000))]))


def test_a_stream_that_breaks_off_does_not_look_whole(database: Path) -> None:
    late = "select if(range = 900000, error('late'), range) from range(1000000)"
    with (
        sandbox.stream(database, late) as (_, batches),
        pytest.raises(sandbox.QueryError, match="late"),
    ):
        list(batches)


def test_a_child_that_is_killed_does_not_look_like_the_end(database: Path) -> None:
    with sandbox.stream(database, "from range(100000000)") as (_, batches):
        next(batches)
        [child] = sandboxes.running()
        child.kill()
        with pytest.raises(sandbox.QueryError):
            list(batches)


def test_a_slow_reader_is_not_stopped(database: Path) -> None:
    with sandbox.stream(database, "from range(2000000)", Limits(seconds=1.5)) as (_, batches):
        rows = next(batches).num_rows
        sleep(2)
        assert rows + sum(batch.num_rows for batch in batches) == 2_000_000


def test_a_slow_query_is(database: Path) -> None:
    began = monotonic()
    with (
        pytest.raises(sandbox.LimitError, match="stopped after 1 seconds"),
        sandbox.stream(database, LONG, Limits(seconds=1)) as (_, batches),
    ):
        list(batches)
    assert monotonic() - began < 5


def test_the_child_has_nothing_of_ours(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTHOUSE_CANARY", "a secret")
    with sandbox.stream(database, "from range(100000000000)") as (_, batches):
        next(batches)
        [child] = sandboxes.running()
        assert "a secret" not in Path(f"/proc/{child.pid}/environ").read_text("utf-8")
        assert Path(f"/proc/{child.pid}/cwd").readlink().name.endswith("(deleted)")
        assert os.getsid(child.pid) == child.pid
        limits = Path(f"/proc/{child.pid}/limits").read_text("utf-8")
    found = {line[:25].strip(): line.split()[-3:-1] for line in limits.splitlines()[1:]}
    assert found["Max file size"] == ["0", "0"]
    assert found["Max address space"] == [str(3 * 1024**3)] * 2
    assert found["Max core file size"] == ["0", "0"]


def test_a_child_dies_with_its_parent(database: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from warehouse import sandbox; "
        "sandbox.ask(Path(sys.argv[1]), sys.argv[2])"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(database), LONG])
    started = monotonic()
    children: list[psutil.Process] = []
    while not children and monotonic() - started < 20:
        sleep(0.05)
        children = psutil.Process(parent.pid).children()
    # It asks to die with its parent before it opens the release.
    sleep(1)
    parent.kill()
    parent.wait()
    assert children
    gone, alive = psutil.wait_procs(children, timeout=5)
    assert (len(gone), alive) == (1, [])


def test_ctrl_c_ends_the_child(database: Path) -> None:
    # What runs in the background of a shell ignores it, and so do its children.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    began = monotonic()
    with pytest.raises(KeyboardInterrupt):
        sandbox.ask(database, LONG)
    signal.signal(signal.SIGINT, before)
    assert monotonic() - began < 5
    assert sandboxes.running() == []


def test_many_may_ask_at_once(database: Path) -> None:
    found: list[object] = []

    def work(number: int) -> None:
        found.append(one(database, f"{number} + count(*) from dim_titles"))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, found)) == [str(n + 4) for n in range(6)]
