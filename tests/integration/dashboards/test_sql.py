"""The SQL page: what it runs, when, and what it says."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from threading import BoundedSemaphore
from time import monotonic

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.reader import Release
from dashboards.views.sql import answer, editor
from tests.hostile_sql import BOMBS, CANARY, ESCAPES, aimed, plant
from tests.integration.dashboards.shown import Opened, words
from warehouse import sandbox


def run(app: AppTest, statement: str) -> AppTest:
    app.text_area(key="statement").set_value(statement)
    return app.button[0].click().run()


def test_a_link_fills_the_editor_and_runs_nothing(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()
    monkeypatch.setattr(sandbox, "ask", lambda *given: asked.append(given[1]))
    app = opened("sql", statement="select 41 + 1 as answer")
    assert not app.exception
    assert app.text_area(key="statement").value == "select 41 + 1 as answer"
    assert asked == []
    assert "Press Run" in words(app)


def test_run_shows_rows_and_how_many(opened: Opened) -> None:
    app = run(opened("sql"), "select genre_name, 1 as one from dim_genres order by 1")
    assert not app.exception
    [shown] = app.dataframe
    assert list(shown.value.columns) == ["genre_name", "one"]
    assert "rows" in words(app)
    assert "Press Run" not in words(app)


def test_what_is_more_than_is_shown_is_said(opened: Opened) -> None:
    app = run(opened("sql"), "select range as n from range(12345)")
    assert "The first 10,000 of 12,345 rows" in words(app)


def test_an_answer_too_large_for_a_page_is_refused(opened: Opened) -> None:
    app = run(opened("sql"), "select repeat('x', 3000) from range(10000)")
    assert not app.exception
    assert "larger than 16 MiB" in words(app)


def test_nobody_waits_long_for_the_queries_of_others(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = BoundedSemaphore(1)
    monkeypatch.setattr(answer, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(answer, "_TURN", turn)
    with turn:
        app = run(opened("sql"), "select 1")
        assert "press Run again" in words(app)
    assert run(app, "select 1").dataframe


@pytest.mark.parametrize(
    "statement",
    ["drop table marts.dim_titles", "copy marts.dim_titles to '/tmp/x'", "select 1; select 2"],
)
def test_a_write_is_refused(opened: Opened, statement: str) -> None:
    app = run(opened("sql"), statement)
    assert not app.exception
    assert "The query was not answered" in words(app)
    assert not app.dataframe


def test_an_error_points_at_its_place(opened: Opened) -> None:
    app = run(opened("sql"), "select\n  <b>nope</b>\nfrom dim_titles")
    assert "line 2" in words(app)
    assert "<b>" not in words(app)
    assert "<mark>" in words(app)


def test_columns_of_one_name_text_and_no_rows_are_shown(opened: Opened) -> None:
    app = run(opened("sql"), "select 1 as a, 2 as a, [1, 2] as l, null as n, '=1' as \"x[0].y\"")
    assert not app.exception
    assert list(app.dataframe[0].value.columns) == ["a", "a (2)", "l", "n", "x[0].y"]
    app = run(app, "select 1 as a where false")
    assert not app.exception
    assert "No row fits" in words(app)


def test_an_answer_belongs_to_the_query_in_the_editor(opened: Opened) -> None:
    app = run(opened("sql"), "select 1 as a")
    app.selectbox(key="example").select_index(1).run()
    assert not app.exception
    assert not app.warning
    assert app.text_area(key="statement").value == list(editor.examples().values())[1]
    assert not app.dataframe
    assert "Press Run" in words(app)


def test_a_statement_too_long_for_an_address_breaks_nothing(opened: Opened) -> None:
    app = opened("sql", statement="select " + "1," * 10_000)
    assert not app.exception


@pytest.mark.parametrize("question", editor.examples())
def test_every_example_is_answered(release: Release, question: str) -> None:
    answer = sandbox.ask(release.path, editor.examples()[question])
    assert answer.table.num_rows


@pytest.fixture
def untouched(release: Release) -> Iterator[None]:
    """The release is afterwards what it was, and alone."""
    before = hashlib.sha256(release.path.read_bytes()).hexdigest()
    beside = sorted(release.path.parent.iterdir())
    yield
    assert hashlib.sha256(release.path.read_bytes()).hexdigest() == before
    assert sorted(release.path.parent.iterdir()) == beside


@pytest.mark.usefixtures("untouched")
def test_no_way_out_of_the_sandbox_is_open_on_the_page(opened: Opened, tmp_path: Path) -> None:
    """The first fifty; all are tried on the sandbox itself, which is the same for everybody."""
    secret = plant(tmp_path)
    app = opened("sql")
    for name, statement in list(ESCAPES.items())[:50]:
        app = run(app, aimed(statement, secret))
        assert not app.exception, name
        assert "The query was not answered" in words(app), name
        assert not app.dataframe, name
        assert CANARY not in words(app), name
    assert sorted(path.name for path in secret.parent.iterdir()) == ["link", "secret.csv"]


@pytest.mark.slow
@pytest.mark.usefixtures("untouched")
def test_no_bomb_holds_the_page(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "LIMITS", sandbox.Limits(seconds=1, rows=10_000))
    app = opened("sql")
    for name, statement in BOMBS.items():
        began = monotonic()
        app = run(app, statement)
        assert monotonic() - began < 10, name
        assert not app.exception, name
        assert "The query was not answered" in words(app), name
