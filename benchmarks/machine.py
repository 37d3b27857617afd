"""The machine a benchmark ran on, as far as it explains the figures."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

import duckdb
import psutil

_PROCESSORS = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class Machine:
    """Cores as the system counts them; memory in bytes."""

    cores: int
    memory_bytes: int
    processor: str
    system: str
    python: str
    duckdb: str


def this() -> Machine:
    """The machine we are on."""
    return Machine(
        cores=os.cpu_count() or 1,
        memory_bytes=psutil.virtual_memory().total,
        processor=_processor(_PROCESSORS.read_text("utf-8")),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        duckdb=duckdb.__version__,
    )


def _processor(cpuinfo: str) -> str:
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()
