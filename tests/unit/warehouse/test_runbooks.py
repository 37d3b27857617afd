"""Every failure has its page, and every page its failure."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dags.child import ChildError
from ingest.errors import RotError, SourceDamagedError
from warehouse import runbooks
from warehouse.gate import GateBrokenError, GateRefusedError
from warehouse.ledger import Outcome, Receipt

ROOT = Path(__file__).resolve().parents[3]
PAGES = {page.stem for page in (ROOT / runbooks.FOLDER).glob("*.md")} - {"README"}
PACKAGES = ("cli", "dags", "dashboards", "expectations", "ingest", "warehouse")
HEADINGS = ["What it means", "How to check", "How to fix", "What is safe"]
# Roots of a tree, never raised; what is caught where it is raised, and becomes a reject or another
# try; and answers to the person who typed a query, whose message is all there is to say.
WITHOUT_PAGE = {
    *("IngestError", "GateError"),
    *("MoneyError", "NotATitlePageError", "NotPlainError", "_InterruptedError"),
    *("QueryError", "RefusedError", "LimitError", "PlaceError"),
}


def trees(package: str) -> Iterator[ast.Module]:
    return (ast.parse(file.read_text("utf-8")) for file in (ROOT / package).rglob("*.py"))


def exceptions() -> set[str]:
    """Every exception of ours."""
    classes = [
        node
        for package in PACKAGES
        for tree in trees(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    ends = ("Error", "Exception")
    return {one.name for one in classes if any(ast.unparse(b).endswith(ends) for b in one.bases)}


def expectations() -> set[str]:
    """The name of every promise of the gates."""
    calls = [n for tree in trees("expectations") for n in ast.walk(tree) if isinstance(n, ast.Call)]
    said = [k.value for call in calls for k in call.keywords if k.arg in ("name", "expectation")]
    said += [call.args[2] for call in calls if ast.unparse(call.func) == "_nothing"]
    return {str(one.value) for one in said if isinstance(one, ast.Constant)}


def test_every_exception_that_reaches_a_person_has_a_page() -> None:
    found = exceptions()
    assert {"GateRefusedError", "RotError", "LockedError"} <= found
    refused = {"GateRefusedError"}  # its page is the expectation's
    assert found - WITHOUT_PAGE - refused == set(runbooks.ERRORS)


def test_every_expectation_has_a_page() -> None:
    found = expectations()
    assert {"rows_not_lost", "received_is_loaded_plus_rejected", "fresh", "readable"} <= found
    assert found == set(runbooks.EXPECTATIONS) - {"holds"}
    assert runbooks.of_expectation("holds_title_basics").endswith("counts_disagree.md")


def test_every_page_is_reached_and_in_the_index() -> None:
    tables = (runbooks.ERRORS, runbooks.EXPECTATIONS, runbooks.WORDS, runbooks.OUTCOMES)
    named = {page for table in tables for page in table.values()}
    named |= {
        Path(page).stem for page in (runbooks.STALE, runbooks.NOTIFICATIONS, runbooks.RESTORE)
    }
    assert named == PAGES
    index = (ROOT / runbooks.FOLDER / "README.md").read_text("utf-8")
    assert set(re.findall(r"\]\((\w+)\.md\)", index)) == PAGES


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_says_what_it_means_how_to_check_and_fix_and_what_is_safe(page: str) -> None:
    text = (ROOT / runbooks.FOLDER / f"{page}.md").read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / runbooks.FOLDER / target).exists(), target


VERDICTS = [
    {"gate": "raw", "expectation": "fresh", "verdict": "reported"},
    {"gate": "raw", "expectation": "rows_not_lost", "verdict": "refused"},
    {"gate": "raw", "expectation": "rarely_null", "verdict": "refused"},
]


@pytest.mark.parametrize(
    ("error", "page"),
    [
        (SourceDamagedError("a.gz", "it is cut", "Fetch it again"), "source_damaged"),
        (RotError("a.gz", "it is cut", "Look"), "rot"),
        (GateRefusedError("no", VERDICTS), "rows_lost"),
        (GateBrokenError("no", VERDICTS), "gate_broken"),
        (ChildError("f ended by signal SIGKILL, without an answer"), "child_died"),
        (OSError(28, "No space left on device"), "disk_full"),
        (MemoryError(), "out_of_memory"),
        (RuntimeError("Out of Memory Error: could not allocate"), "out_of_memory"),
        (ImportError("libopenblas.so: failed to map segment from shared object"), "out_of_memory"),
        (KeyError("x"), "broken"),
    ],
)
def test_the_page_of_an_exception(error: Exception, page: str) -> None:
    assert runbooks.of_error(error) == f"docs/runbooks/{page}.md"


def receipt(task: str, outcome: Outcome, **facts: object) -> Receipt:
    return Receipt("000001-x", task, outcome, "", "", 0.0, facts=facts)


@pytest.mark.parametrize(
    ("receipts", "page"),
    [
        ([receipt("publish", "done"), receipt("end", "done")], None),
        ([receipt("plan", "unchanged"), receipt("end", "unchanged")], None),
        ([receipt("end", "killed")], "run_killed"),
        ([receipt("plan", "held"), receipt("end", "held")], "publication_held"),
        ([receipt("gate", "refused", error="GateRefusedError", verdicts=VERDICTS)], "rows_lost"),
        (
            [
                receipt("fetch", "unreadable", error="SourceChangedError"),
                receipt("transform", "broken", error="BuildError"),
                receipt("end", "broken"),
            ],
            "build_broken",
        ),
        ([receipt("transform", "refused", error="BuildRefusedError",
                  verdicts=[{"gate": "dbt", "expectation": "t", "verdict": "refused"}])],
         "dbt_test_failed"),
        ([receipt("gate", "refused")], "gate_refused"),
        ([], None),
    ],
)  # fmt: skip
def test_the_page_of_a_run(receipts: list[Receipt], page: str | None) -> None:
    assert runbooks.of_run(receipts) == (page and f"docs/runbooks/{page}.md")
