"""A story of three nights that nobody disturbs: what a home that is disturbed is compared with.

It is told on the ground (`killing`), where nothing has a database open.
"""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cli import nightly
from tests.faults import killing, nights, tiny_night
from warehouse import connect, release

_WELL = frozenset({"done", "unchanged"})


@dataclass(slots=True)
class Story:
    """Three nights that nobody disturbs, and a home that starts after the first of them.

    `contents`: what readers see after each. `seconds`: of the last.
    """

    root: Path
    places: list[Path] = field(default_factory=list)
    contents: list[dict[str, str]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def home(self) -> Path:
        return self.root / "home"

    def after(self, number: int) -> Path:
        """The undisturbed home after a night, from 0."""
        return self.root / f"after-{number}"

    def begin(self) -> None:
        """Have the nights."""
        self.places = [tiny_night.dumps(self.root / "dumps", number) for number in range(3)]
        for number, place in enumerate(self.places):
            home = self.after(number)
            if number:
                copy(self.after(number - 1), home)
            started = time.perf_counter()
            ended = killing.finish(partial(night, home, place))
            self.seconds = time.perf_counter() - started
            assert ended.outcome == "done", ended
            self.contents.append(tiny_night.content(home))
        assert self.contents[0] != self.contents[1] != self.contents[2], "the nights are alike"

    def aftermath(self, home: Path) -> list[str]:
        """What is wrong with what readers see: they see the one release or the other, whole."""
        found = tiny_night.content(home)
        return [] if found in self.contents[:2] else [f"readers see {found}"]

    def recovered(self, home: Path) -> list[str]:
        """What is wrong with a home that is well again: it differs from the undisturbed one.

        What a killed run did not come to prune, the next that brings something prunes.
        """
        wrong = self._differences(home, 1)
        if wrong and all(" more of " in one for one in wrong):
            killing.finish(partial(night, home, self.places[2]))
            wrong = [f"{one}, one night later" for one in self._differences(home, 2)]
        return wrong

    def _differences(self, home: Path, number: int) -> list[str]:
        found, expected = tiny_night.content(home), self.contents[number]
        wrong = [] if found == expected else [f"readers see {found}, not {expected}"]
        return wrong + nights.leftovers(home, self.after(number))

    def next_night(self, home: Path) -> list[str]:
        """What is wrong after the next night, which nobody helps."""
        ended = killing.finish(partial(night, home, self.places[1]))
        if ended.outcome not in _WELL:
            return [f"the next night was {ended.outcome}: {ended.reason}"]
        return self.recovered(home)


def begin(root: Path) -> Story:
    """A story below a folder, and the ground's own from now on."""
    tiny_night.warm()
    _told.append(Story(root))
    _told[-1].begin()
    return _told[-1]


def here() -> Story:
    """The ground's own story."""
    return _told[-1]


_told: list[Story] = []


def copy(home: Path, target: Path) -> None:
    """A home as another was, hard links between its snapshots included."""
    if target.exists():
        shutil.rmtree(target)
    names: dict[int, str] = {}

    def once(source: str, copied: str) -> str:
        inode = Path(source).stat().st_ino
        if inode in names:
            os.link(names[inode], copied)
            return copied
        names[inode] = copied
        shutil.copy2(source, copied)
        return copied

    shutil.copytree(home, target, symlinks=True, copy_function=once)


def night(home: Path, place: Path, *, is_forking: bool = False) -> nightly.Ended:
    """A night of the command, after a look at what readers see."""
    tiny_night.settle(home, is_forking=is_forking)
    if release.current(home):
        read(home)
    return tiny_night.night(place)


def read(home: Path) -> int:
    """All that a reader can see."""
    with connect.reading(home) as connection:
        return sum(
            len(connection.execute(f"from marts.{name}").fetchall()) for name in tiny_night.MARTS
        )


def with_defect(
    defect: tuple[Any, str, Any], work: Callable[..., list[str]], *arguments: Any
) -> list[str]:
    """What work answers on a product with a defect planted in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*defect)
        return work(*arguments)
