"""What the prompt offers at the cursor."""

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from cli import catalog, dot_commands
from cli.completion import SqlCompleter
from tests import small_release


@pytest.fixture(scope="module")
def completer(tmp_path_factory: pytest.TempPathFactory) -> SqlCompleter:
    home = tmp_path_factory.mktemp("home")
    small_release.publish(home)
    return SqlCompleter(catalog.read(home), dot_commands.COMMANDS)


def offered(completer: SqlCompleter, text: str, *, asked: bool = False) -> dict[str, str]:
    """What is offered at the bar, with what is said beside it."""
    before, _, after = text.partition("|")
    document = Document(before + after, len(before))
    found = completer.get_completions(document, CompleteEvent(completion_requested=asked))
    return {one.text: one.display_meta_text for one in found}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("select * from dim_|", "dim_titles"),
        ("select * from titles|", "dim_titles"),
        ("from TITLES|", "dim_titles"),
        ("select * from ops.|", "runs"),
        ("select * from dim_titles join bri|", "bridge_titles_genres"),
        ("select 1 from dim_titles t, gen|", "bridge_titles_genres"),
        ("select rel| from dim_titles", "release_year"),
        ("select t.prim| from dim_titles as t", "primary_title"),
        ("select g.| from dim_titles t join bridge_titles_genres g", "title_id"),
        ("select dim_titles.vote|", "vote_count"),
        ('select "release_year", pri| from dim_titles', "primary_title"),
        ("sel|", "select"),
        ("SEL|", "SELECT"),
        ("select medi|", "median("),
        (".des|", ".describe"),
        (".describe tit|", "dim_titles"),
        ("select 'it''s' as x, rel| from dim_titles", "release_year"),
        ("describe dim|", "dim_titles"),
    ],
)
def test_what_fits_is_offered_first_or_soon(completer: SqlCompleter, text: str, first: str) -> None:
    assert first in list(offered(completer, text))[:3]


def test_only_the_columns_of_the_named_tables_are_offered(completer: SqlCompleter) -> None:
    assert "run_id" not in offered(completer, "select r| from dim_titles")
    assert "run_id" in offered(completer, "select r|")
    assert set(offered(completer, "select g.| from dim_titles, bridge_titles_genres g")) == {
        "title_id",
        "genre_id",
    }


def test_a_table_is_offered_with_its_meaning(completer: SqlCompleter) -> None:
    assert offered(completer, "from dim_t|") == {"dim_titles": "One row per title"}
    column = offered(completer, "select rel| from dim_titles")["release_year"]
    assert column == "integer · Year of the first showing"


@pytest.mark.parametrize(
    "text", ["select 'sel|", "-- sel|", "/* sel|", "select |", "|", "select 1 as zzzz|"]
)
def test_nothing_is_offered_where_nothing_fits(completer: SqlCompleter, text: str) -> None:
    assert offered(completer, text) == {}


def test_all_is_offered_when_a_person_asks(completer: SqlCompleter) -> None:
    assert "release_year" in offered(completer, "select | from dim_titles", asked=True)
    assert set(offered(completer, "select * from |", asked=True)) >= {"dim_titles", "runs"}
