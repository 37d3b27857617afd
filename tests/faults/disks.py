"""Runs whose disk is full: in landing, in the lake, in a build, or as they publish.

Called on the ground (`killing`), where nothing has a database open.
"""

import ctypes
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults import killing, kills, scarcity, story
from warehouse import retention

_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_PRIVATE_BELOW = 0x00040000 | 0x00004000
_DISK_BYTES = 256 << 20
# The task in which each place is filled.
TASKS = {
    "landing": "fetch",
    "lake": "load",
    "candidate": "transform",
    "spill": "transform",
    "close": "seal",
    "publish": "publish",
}
_HOGS = ("candidate", "spill")
_WORDS = ("No space left on device", "File too large", "max_temp_directory_size")
_NO_SWEEP: tuple[Any, str, Any] = (retention, "_delete", lambda *_, **__: [])


def begin(root: Path) -> bool:
    """Begin a story on a small disk of its own; whether there is one, else files are limited."""
    is_mounted = _mount(root)
    story.begin(root)
    for task in set(TASKS.values()):
        kills.Scene(task, scheduled=False).set()
    return is_mounted


def _mount(root: Path) -> bool:
    """A disk in memory that only this process and its children see, and that ends with them."""
    libc = ctypes.CDLL(None, use_errno=True)
    is_alone = libc.unshare(_NEW_MOUNTS) == 0 or libc.unshare(_NEW_MOUNTS | _NEW_USER) == 0
    if not is_alone or libc.mount(b"none", b"/", None, _PRIVATE_BELOW, None):
        return False
    size = f"size={_DISK_BYTES}".encode()
    return bool(libc.mount(b"tmpfs", os.fsencode(root), b"tmpfs", 0, size) == 0)


def full(place: str, share: float, is_mounted: bool) -> tuple[bool, list[str]]:
    """Whether a task's disk was full, where it finds a share of its room; and what is wrong."""
    scene, home = kills.Scene(TASKS[place], scheduled=False), story.here().home
    story.copy(scene.home, home)
    room = int(share * _needed(place, scene))
    work = partial(_task, scene, home, place)
    with _filled(home.parent, room if is_mounted else None):
        told, page = scarcity.told(work if is_mounted else partial(_limited, work, room))
        wrong = scarcity.read(home)
        if told and place in _HOGS and share > 0:
            # What fills the disk is the failed run's own: the next run has to make room.
            wrong += story.here().next_night(home)
    is_placed = str(home) in told or (place == "spill" and "'temp_directory'" in told)
    is_said = any(words in told for words in _WORDS) and is_placed
    if told and not (is_said and "disk_full" in page):
        wrong.append(f"said {told!r}, which leads to {page}")
    return bool(told), wrong or story.here().next_night(home)


def full_for_ever(is_mounted: bool) -> list[str]:
    """What is said of a product that never deletes what fills the disk."""
    return story.with_defect(_NO_SWEEP, lambda: full("candidate", 0.5, is_mounted)[1])


def _needed(place: str, scene: kills.Scene) -> int:
    """Bytes that the task writes, about."""
    if place in _HOGS:
        return scarcity.HOG_BYTES
    before = shutil.disk_usage(story.here().root).used
    killing.finish(partial(_task, scene, story.here().home, place))
    grown = shutil.disk_usage(story.here().root).used - before
    story.copy(scene.home, story.here().home)
    return max(grown, 8192)


def _task(scene: kills.Scene, home: Path, place: str) -> None:
    if place in _HOGS:
        scarcity.instead_of_dbt(partial(scarcity.hog, is_spilling=place == "spill"))
    scene.work(home)


def _limited(work: Callable[[], None], room: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    work()


@contextmanager
def _filled(disk: Path, room: int | None) -> Iterator[None]:
    """Leave no more room on a disk."""
    ballast = disk / "ballast"
    try:
        if room is not None:
            size = shutil.disk_usage(disk).free - room
            with ballast.open("wb") as handle:
                os.posix_fallocate(handle.fileno(), 0, size)
        yield
    finally:
        ballast.unlink(missing_ok=True)
