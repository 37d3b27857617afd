"""The `arthouse` command: what a person types, and the exit codes that machines read.

0 done · 1 a gate refused · 2 bad usage · 3 a feed could not be read · 4 our machinery broke ·
5 another run holds the lock · 6 the release is older than `status --max-age` allows.
"""

import errno
import json
import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli import keeping, report
from ingest import address, settings
from ingest.catalog import FEEDS
from ingest.errors import IngestError, RotError

app = typer.Typer(
    help="The film & TV data warehouse on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
Feeds = Annotated[
    list[str] | None,
    typer.Option("--feed", metavar="NAME=LOCATION", help="Read a feed from a URL or a folder."),
]
Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="NAME", help="Ingest this feed only.")
]


@app.command()
def run(feed: Feeds = None, only: Only = None) -> None:
    """Run the night now: fetch, load, gate, build, gate, publish."""
    from cli import nightly

    locations = dict(_named(text) for text in feed or [])
    unknown = sorted({*locations, *(only or [])} - set(FEEDS))
    if unknown:
        known = ", ".join(FEEDS)
        named = ", ".join(map(address.shown, unknown))
        raise typer.BadParameter(f"no feed is called {named}; there are: {known}")
    here = settings.current()
    ended = nightly.run(here, locations, only or [])
    report.print_run(here.home, ended, report.console())
    _leave(ended.exit_code)


def _named(text: str) -> tuple[str, str]:
    name, separator, location = text.partition("=")
    if not (separator and name and location):
        raise typer.BadParameter(f"--feed takes NAME=LOCATION, not {address.shown(text)!r}")
    return name, location


@app.command()
def build(
    as_of: Annotated[
        datetime | None, typer.Option(help="Read no snapshot after this instant (UTC).")
    ] = None,
    publish: Annotated[
        bool | None, typer.Option("--publish/--no-publish", help="Let readers see the result.")
    ] = None,
) -> None:
    """Rebuild from the lake; with --as-of the link moves only if --publish says so."""
    from cli import nightly

    here = settings.current()
    instant = as_of.replace(tzinfo=UTC).isoformat() if as_of else None
    ended = nightly.build(here, instant, publish=(as_of is None) if publish is None else publish)
    report.print_run(here.home, ended, report.console())
    _leave(ended.exit_code)


@app.command()
def status(
    runs: Annotated[int, typer.Option(min=1, help="How many runs to show.")] = 10,
    max_age: Annotated[
        float | None, typer.Option(metavar="HOURS", min=0, help="6 if the release is older.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text (the default) or json.")] = "text",
) -> None:
    """Show the last runs and what readers see; non-zero when all is not well, for monitors."""
    from cli import status as condition

    if form not in ("text", "json"):
        raise typer.BadParameter(f"--format is text or json, not {form!r}")
    found = condition.look(settings.current().home, runs, max_age)
    if form == "json":
        typer.echo(json.dumps(asdict(found), indent=2))
    else:
        condition.show(found, report.console())
    raise typer.Exit(found.exit_code)


@app.command()
def sql(
    statement: Annotated[
        str | None, typer.Argument(help="One SELECT; without it a prompt, or stdin.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="Read the statement from this file.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", help="table (the default), csv, json or parquet.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    seconds: Annotated[
        float | None, typer.Option(min=1, help="Stop the query after so long; by default 10.")
    ] = None,
    spreadsheet: Annotated[
        bool, typer.Option("--spreadsheet", help="CSV in which no text is taken for a formula.")
    ] = False,
) -> None:
    """Query the published warehouse, read-only: at a prompt, or one statement."""
    from cli import prompt
    from cli import query as querying

    if form not in (None, *querying.FORMATS):
        raise typer.BadParameter(f"--format is table, csv, json or parquet, not {form!r}")
    if statement is not None and file:
        raise typer.BadParameter("a statement or --file, not both")
    if spreadsheet and form != "csv":
        raise typer.BadParameter("--spreadsheet is for --format csv")
    home = settings.current().home
    limits = querying.limits(seconds)
    if statement is None and file is None and prompt.is_possible():
        if form or out:
            raise typer.BadParameter("--format and --out need a statement")
        prompt.run(home, limits)
        return
    text = ""
    try:
        text = querying.read(statement, file)
        output = querying.Output(form or "table", out, spreadsheet)
        querying.run(home, text, output, limits)
    except (querying.QueryError, querying.PlaceError) as error:
        querying.complain(error, text, report.console(stderr=True))
        raise typer.Exit(2) from error


@app.command()
def feeds() -> None:
    """List what can be ingested, from where and on which terms."""
    from ingest import lake

    home = settings.current().home
    newest = {name: lake.newest(home, name) for name in FEEDS}
    names = {name: one.name for name, one in newest.items() if one}
    report.print_feeds(list(FEEDS.values()), names, report.console())


@app.command()
def rejects(
    feed: Annotated[str, typer.Argument(help="The feed to look at.")] = "imdb",
    limit: Annotated[int, typer.Option(help="How many lines to show.")] = 50,
) -> None:
    """Show what was refused from a feed's newest snapshot, and why."""
    from cli import rejected

    rejected.show(settings.current().home, feed, limit, report.console())


for _command in keeping.ALL:
    app.command()(_command)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    private: Annotated[
        bool,
        typer.Option("--private", help="I keep it to myself: some feeds forbid more."),
    ] = False,
) -> None:
    """Write every mart as Parquet, with its dictionary and the feeds' terms."""
    from cli import exporting

    exporting.export(settings.current().home, folder, report.console(), private=private)


@app.command()
def sample(
    out: Annotated[Path, typer.Option(help="Where to write the dumps.")],
    scale: Annotated[float, typer.Option(help="1.0 is IMDb's size, 204 million rows.")] = 0.0005,
    seed: Annotated[int, typer.Option(help="Equal seeds give equal bytes.")] = 1,
    night: Annotated[int, typer.Option(help="Nights after 0 differ a little.")] = 0,
    bad_lines: Annotated[int, typer.Option(help="Plant lines that the loader must reject.")] = 0,
    plain: Annotated[bool, typer.Option("--plain", help="Write .tsv, not .tsv.gz.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="IMDb's and this feed's.")
    ] = None,
) -> None:
    """Invent dumps of every feed in the exact formats, in a folder for each."""
    from sample import world

    feeds = only or world.FEEDS
    counts = world.generate(
        out, feeds, scale=scale, seed=seed, night=night, plain=plain, bad_lines=bad_lines
    )
    report.console().print(report.table("Sample", ("file", "rows"), list(counts.items())))


@app.command()
def dashboards(
    port: Annotated[int, typer.Option(help="On 127.0.0.1.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open it in the browser.")] = True,
) -> None:
    """Look at the published warehouse: search, pages, charts, SQL, on this machine alone."""
    from cli import webapp

    webapp.serve(settings.current().home, port, opens_browser=browser and sys.stdout.isatty())


@app.command()
def up(port: Annotated[int, typer.Option(help="On 127.0.0.1.")] = 8080) -> None:
    """Serve Airflow with our DAGs on this machine alone, until Ctrl-C."""
    from cli import services

    raise typer.Exit(services.up(settings.current().home, port))


@app.command()
def doctor() -> None:
    """Check whether this machine is fit, and say what to do if it is not."""
    from cli import checkup

    raise typer.Exit(checkup.check(settings.current(), report.console()))


def _leave(code: int) -> None:
    """End now: Airflow's threads take seconds to notice that there is nothing left to do."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main() -> None:
    """Run the command; an expected error is one line a person can act on."""
    from cli.services import PortTakenError
    from ingest.settings import UnusableSettingsError
    from warehouse import runbooks
    from warehouse.backup import BackupError
    from warehouse.connect import NotPublishedError
    from warehouse.lock import LockedError
    from warehouse.release import ReleaseConflictError

    codes: dict[type[Exception], int] = {
        LockedError: 5,
        RotError: 4,
        IngestError: 3,
        ReleaseConflictError: 2,
        NotPublishedError: 2,
        BackupError: 2,
        PortTakenError: 2,
        UnusableSettingsError: 2,
        OSError: 4,
    }
    try:
        app()
    except tuple(codes) as error:
        # Of all that a system refuses, a full disk is what a person can do something about.
        if isinstance(error, OSError) and error.errno not in _FULL:
            raise
        complaint = report.console(stderr=True)
        complaint.print(str(error), markup=False, highlight=False, soft_wrap=True)
        report.print_runbook(runbooks.of_error(error), complaint)
        sys.exit(next(code for kind, code in codes.items() if isinstance(error, kind)))


if __name__ == "__main__":
    main()
