"""Pipes that are listened to for so long and no longer."""

import os
import select
from io import RawIOBase
from time import monotonic
from typing import IO

from warehouse.sandbox import errors


class Clock:
    """The time spent waiting for the child."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.left = seconds

    def wait(self, pipe: int) -> None:
        """Wait until there is something to read.

        Raises:
            LimitError: there was nothing in time.
        """
        poll = select.poll()
        poll.register(pipe, select.POLLIN)
        began = monotonic()
        ready = poll.poll(max(0.0, self.left) * 1000)
        self.left -= monotonic() - began
        if not ready:
            raise errors.too_long(self.seconds)


class Pipe(RawIOBase):
    """One end of a pipe, read against a clock."""

    def __init__(self, pipe: IO[bytes], clock: Clock) -> None:
        self._pipe, self._clock = pipe, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # what io passes
        self._clock.wait(self._pipe.fileno())
        return os.readv(self._pipe.fileno(), [buffer])
