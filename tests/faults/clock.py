"""A clock that is not this machine's: what asks for the time of day in the product is told it."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Self

import pytest

from ingest import incoming, landing
from tests.faults import small_run
from warehouse import ledger, retention

_ASKING = (ledger, incoming, landing, retention, small_run)


class Clock:
    """Goes as fast as the machine's, from an instant that is set."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._shift = timedelta()
        clock = self

        class Told(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                told = datetime.now(tz) + clock._shift
                return cls.fromisoformat(told.isoformat())

        for module in _ASKING:
            patch.setattr(module, "datetime", Told)

    def set(self, instant: str) -> None:
        """Let it be this instant, ISO 8601 in UTC."""
        self._shift = datetime.fromisoformat(instant).replace(tzinfo=UTC) - datetime.now(UTC)

    def move(self, **units: Any) -> None:
        """Set it ahead, or back."""
        self._shift += timedelta(**units)
