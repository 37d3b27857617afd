"""Progress bars for files on their way: on a terminal only, silent everywhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TransferSpeedColumn,
)


class Bars:
    """Progress of the files of one feed; on anything but a terminal it shows nothing."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def start(self, name: str, total: int | None, done: int = 0) -> Callable[[int], None]:
        task: TaskID = self._progress.add_task(name, total=total, completed=done)
        return lambda size: self._progress.advance(task, size)


@contextmanager
def bars() -> Iterator[Bars]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<24}"), BarColumn(), DownloadColumn())
    with Progress(
        *columns, TransferSpeedColumn(), console=console, disable=not console.is_terminal
    ) as progress:
        yield Bars(progress)
