"""What the command tells a person: tables of counts, gates, releases, in plain words."""

import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cli.nightly import Ended
from ingest.catalog import Feed
from warehouse import ledger, release, runbooks
from warehouse.ledger import Receipt

# Piped output has no width of its own; 80 would cut reasons short.
_PIPED_WIDTH = 140
_SHOWN = 5
_DAMAGED = ("damaged: `arthouse verify`", None, None)


def console(*, stderr: bool = False) -> Console:
    """Where to print: a terminal as wide as it is, or plain lines."""
    plain = Console(stderr=stderr)
    return plain if plain.is_terminal else Console(stderr=stderr, width=_PIPED_WIDTH)


def table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], separator: str = ","
) -> Table:
    """A table whose numbers are aligned right, with a separator of thousands."""
    made = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    numeric = [all(isinstance(row[i], int | float) for row in rows) for i in range(len(columns))]
    for name, is_number in zip(columns, numeric, strict=True):
        made.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        made.add_row(*(_cell(value, separator) for value in row))
    return made


def _cell(value: object, separator: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{round(value, 4):{separator}}"
    return f"{value:{separator}}" if isinstance(value, int) else escape(str(value))


def print_run(home: Path, ended: Ended, out: Console) -> None:
    """What a run received, loaded and rejected, which gates ran, and how to go on."""
    receipts = ledger.read(home, ended.run)
    for receipt in receipts:
        if "tables" in receipt.facts and receipt.task.startswith("load_"):
            out.print(_loaded(receipt))
    if notes := [(_feed(one), note) for one in receipts for note in _notes(one)]:
        out.print(table("Worth knowing", ("feed", "what"), notes))
    gates = [one for one in receipts if one.facts.get("verdicts")]
    if gates:
        out.print(_gates(gates))
    for receipt in receipts:
        if receipt.task == "transform" and receipt.outcome == "done":
            out.print(_built(receipt))
    steps = [one for one in receipts if one.task not in ("begin", "end")]
    if steps:
        out.print(_steps(steps))
    _print_end(home, ended, out)


def _loaded(receipt: Receipt) -> Table:
    rows = [
        (name, counts["received_count"], counts["loaded_count"], counts["rejected_count"])
        for name, counts in receipt.facts["tables"].items()
    ]
    total = ("total", *(sum(int(row[i]) for row in rows) for i in (1, 2, 3)))
    return table(
        f"Loaded: {_feed(receipt)}", ("table", "received", "loaded", "rejected"), [*rows, total]
    )


def _feed(receipt: Receipt) -> str:
    return receipt.task.partition("_")[2]


def _notes(receipt: Receipt) -> list[str]:
    """What was not taken as it stands, and files beside the feed's that nobody read."""
    left = receipt.facts.get("left_alone", [])
    more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
    unread = [f"not read, as no file of the feed: {', '.join(left[:_SHOWN])}{more}"] if left else []
    return [*unread, *receipt.facts.get("warnings", [])]


def _gates(gates: Sequence[Receipt]) -> Table:
    rows = []
    for gate in gates:
        counts = Counter(str(verdict["verdict"]) for verdict in gate.facts["verdicts"])
        rows.append(
            (
                gate.task,
                gate.outcome,
                sum(counts.values()),
                counts["passed"],
                counts["reported"],
                counts["refused"],
                counts["broken"],
            )
        )
    columns = ("gate", "outcome", "checks", "passed", "reported", "refused", "broken")
    return table("Gates", columns, rows)


def _built(receipt: Receipt) -> Table:
    facts = receipt.facts
    row = (len(facts["models"]), facts["test_count"], facts["unit_test_count"], receipt.seconds)
    return table("Built by dbt", ("models", "tests passed", "unit tests passed", "seconds"), [row])


def _steps(steps: Sequence[Receipt]) -> Table:
    rows = [(one.task, one.outcome, one.seconds, one.reason) for one in steps]
    return table("Steps", ("step", "outcome", "seconds", "reason"), rows)


def _print_end(home: Path, ended: Ended, out: Console) -> None:
    seen = release.current(home)
    reason = f": {ended.reason}" if ended.reason else ""
    out.print(f"Run {ended.run} [bold]{ended.outcome}[/bold]{escape(reason)}", soft_wrap=True)
    print_runbook(runbooks.of_run(ledger.read(home, ended.run)), out)
    if ended.outcome == "done" and seen != ended.run:
        kept = release.path(home, ended.run)
        out.print(f"Built, and not published: {kept}", soft_wrap=True)
    if seen:
        link = home / release.LINK
        out.print(f"Readers see {seen} at {link}", soft_wrap=True)
        if ended.exit_code:
            return
        command = shutil.which("arthouse") or Path(sys.executable).with_name("arthouse")
        out.print(
            f'Query it: {command} sql "select overall_rank, primary_title, release_year, '
            'weighted_rating from rpt_top_titles order by overall_rank limit 10"',
            soft_wrap=True,
            highlight=False,
        )
        out.print(f"Look at it: {command} dashboards", soft_wrap=True, highlight=False)
        out.print("Or open the file in any DuckDB client from 1.4 on, read-only.")
    else:
        out.print("Nothing is published yet.")


def print_runbook(page: str | None, out: Console) -> None:
    """Where to read on, if there is anything to do."""
    if page:
        out.print(f"What to do: {page}", soft_wrap=True, highlight=False)


def print_releases(home: Path, out: Console) -> None:
    """Every kept release, newest last."""
    seen = release.current(home)
    rows = []
    for run in release.releases(home):
        facts = release.known(home, run)
        told = (facts.created_at, facts.byte_count, facts.parent) if facts else _DAMAGED
        rows.append((run, run == seen, *told))
    out.print(table("Releases", ("run", "current", "created", "bytes", "parent"), rows))


def print_feeds(feeds: Sequence[Feed], newest: dict[str, str], out: Console) -> None:
    """What can be ingested, from where, how often and on which terms."""
    rows: list[tuple[Any, ...]] = [
        (
            feed.name,
            feed.location or "where you say: --feed, ARTHOUSE_FEEDS",
            feed.cadence,
            newest.get(feed.name, "never"),
            source.licence,
        )
        for feed in feeds
        for source in feed.sources
    ]
    out.print(table("Feeds", ("feed", "location", "cadence", "newest snapshot", "terms"), rows))
    for feed in feeds:
        for source in feed.sources:
            out.print(f"{source.publisher}: {source.attribution}", soft_wrap=True)
