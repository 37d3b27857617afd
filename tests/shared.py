"""The publishers' own files beside the checkout: read where they are, never copied.

They may not be distributed, so only who has them can run what needs them; CI lays them beside.
"""

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

needed = pytest.mark.skipif(not DATA.exists(), reason=f"the publishers' files are not at {DATA}")
