"""The sandboxes that this process has started: it may have other children, of other tests."""

import psutil


def running() -> list[psutil.Process]:
    """Those that have not ended."""
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if any("sandboxed" in word for word in child.cmdline())
    ]
