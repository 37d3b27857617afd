"""The commands on what is kept: releases, the lake's snapshots, and copies of it all."""

from pathlib import Path
from typing import Annotated

import typer

from cli import report
from ingest import settings


def releases() -> None:
    """List the published versions that are kept."""
    report.print_releases(settings.current().home, report.console())


def rollback(
    target: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="Default: the one before.")
    ] = None,
) -> None:
    """Let readers see an older release, and hold publication until `arthouse resume`."""
    from warehouse import release

    seen = release.rollback(settings.current().home, target)
    report.console().print(
        f"Readers see {seen}. Publication is on hold: `arthouse resume` ends it."
    )


def resume() -> None:
    """End the hold that a rollback placed on publication."""
    from warehouse import release

    was_held = release.resume(settings.current().home)
    report.console().print(
        "The next run publishes again." if was_held else "Publication was not on hold."
    )


def verify(
    quick: Annotated[
        bool, typer.Option("--quick", help="Sizes, names and receipts; hash nothing.")
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build the release again, and compare it.")
    ] = False,
) -> None:
    """Compare every file at rest with what was written; 4 when one is damaged."""
    from cli import verifying

    here, out = settings.current(), report.console()
    code = verifying.verify(here, out, is_quick=quick)
    raise typer.Exit(max(code, verifying.rebuild(here, out)) if rebuild else code)


def backup(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder, best on another disk.")],
) -> None:
    """Copy landing, lake, ledger and the current release, and verify the copy."""
    from cli import verifying

    raise typer.Exit(verifying.back_up(settings.current(), folder, report.console()))


def discard(
    snapshot: Annotated[str, typer.Argument(help="As `arthouse feeds` names it.")],
    feed: Annotated[str, typer.Option(help="The feed it belongs to.")] = "imdb",
) -> None:
    """Take a lake snapshot and its successors out of use."""
    from ingest import lake
    from warehouse import lock

    home = settings.current().home
    with lock.run(home):
        names = lake.discard(home, feed, snapshot)
    report.console().print(f"Out of use: {', '.join(names)}. `arthouse build` rebuilds without.")


ALL = (releases, rollback, resume, verify, backup, discard)
