"""Is this machine fit? Each check says what it found and what to do about it."""

import importlib.metadata
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from cli import report
from ingest.settings import Settings

# IMDb's full set: landing 2.3 GB, lake 1.4 GB a snapshot, builds and releases 2 GB each.
_DISK_GB = 20
_MEMORY_GB = 6
_FAILED = 4


def check(settings: Settings, out: Console) -> int:
    """Print every check; 0 when all passed, 4 otherwise."""
    checks: list[tuple[str, Callable[[Settings], tuple[bool, str]]]] = [
        ("Python", _python),
        ("packages", _packages),
        ("home", _home),
        ("links", _links),
        ("disk", _disk),
        ("memory", _memory),
    ]
    results = [(name, *probe(settings)) for name, probe in checks]
    rows = [(name, "ok" if passed else "look", words) for name, passed, words in results]
    out.print(report.table("This machine", ("check", "verdict", "found"), rows))
    return 0 if all(passed for _, passed, _ in results) else _FAILED


def _python(_: Settings) -> tuple[bool, str]:
    return (3, 11) <= sys.version_info < (3, 14), f"{sys.version.split()[0]}, 3.11 to 3.13 work"


def _packages(_: Settings) -> tuple[bool, str]:
    names = ("apache-airflow", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations")
    return True, ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def _home(settings: Settings) -> tuple[bool, str]:
    folder = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    writable = os.access(folder, os.W_OK)
    return writable, f"{settings.home} is {'' if writable else 'not '}writable"


def _links(settings: Settings) -> tuple[bool, str]:
    """Publishing replaces a link and hard-links unchanged files: some volumes allow neither."""
    settings.home.mkdir(parents=True, exist_ok=True)
    probe = settings.home / f".doctor-{os.getpid()}"
    hard, soft = Path(f"{probe}-hard"), Path(f"{probe}-soft")
    try:
        probe.write_text("", "utf-8")
        os.link(probe, hard)
        soft.symlink_to(probe.name)
        return True, "the volume has hard links and symbolic links"
    except OSError as error:
        return False, f"the volume lacks links ({error}): set ARTHOUSE_HOME to a local disk"
    finally:
        for path in (probe, hard, soft):
            path.unlink(missing_ok=True)


def _disk(settings: Settings) -> tuple[bool, str]:
    settings.home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.home).free / 1e9
    return free >= _DISK_GB, f"{free:,.0f} GB free; IMDb's full set wants {_DISK_GB} GB"


def _memory(_: Settings) -> tuple[bool, str]:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return total >= _MEMORY_GB, f"{total:,.0f} GB; IMDb's full set wants {_MEMORY_GB} GB"
