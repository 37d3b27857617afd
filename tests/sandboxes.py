"""The sandboxes that this process has started: it may have other children, of other tests."""

from contextlib import suppress

import psutil


def running() -> list[psutil.Process]:
    """Those that have not ended."""
    return [one for one in psutil.Process().children(recursive=True) if _is_sandbox(one)]


def _is_sandbox(child: psutil.Process) -> bool:
    # One that ends between the listing and the look is a zombie, or no more.
    with suppress(psutil.NoSuchProcess):
        return any("sandboxed" in word for word in child.cmdline())
    return False
