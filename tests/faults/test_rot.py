"""Bits that flip at rest: each is found by the next verification, and its file named."""

import json
import shutil
from pathlib import Path
from random import Random

import pytest

from ingest import document, lake
from ingest.errors import RotError
from ingest.settings import Settings
from ingest.verification import Findings, require_sound
from tests.faults import small_home
from tests.faults.trials import IS_FULL, Trials
from warehouse import verification

_KINDS = (
    *("landing/*/*.gz", "landing/*/*.json", "lake/*/*/*.parquet", "lake/*/*/receipt.json"),
    *("releases/*.duckdb", "releases/*.json", "ledger/*/*.json"),
)

_GONE = (
    *("lake/imdb/000002*/title_ratings.parquet", "landing/imdb/*basics*.gz"),
    *("releases/000001*.duckdb", "releases/000001*.json", "releases/000002*.duckdb"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home.make(tmp_path_factory.mktemp("rot") / "data").home


@pytest.mark.fault("F44", "one bit flips at rest, in any file that is kept", quick=20, full=500)
def test_a_flipped_bit_is_found_and_named(
    trials: Trials, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=home, threads=1)
    assert verification.verify(settings).damages == []
    for number in trials:
        random = Random(number)
        file = random.choice(sorted(home.glob(_KINDS[number % len(_KINDS)])))
        if lie := lies(settings, file, random.randrange(file.stat().st_size * 8)):
            trials.lose(f"seed {number}: {lie}")
    assert verification.verify(settings).damages == [], "a flip was left behind"
    with monkeypatch.context() as patch:
        patch.setattr(Findings, "sha256", lambda *_: "0" * 64)
        # Each file has another hash: a comparison that is never made would say nothing.
        assert len(verification.verify(settings).damages) > len(_KINDS)
    with monkeypatch.context() as patch:
        patch.setattr(Findings, "_difference", lambda *_: "")
        file = next(home.glob("lake/*/*/title_ratings.parquet"))
        trials.control("a verification that hashes nothing", caught=bool(lies(settings, file, 800)))


def lies(settings: Settings, file: Path, bit: int) -> str:
    """What verification says wrong of a home in which one bit has flipped; it flips back.

    A table that two snapshots share is damaged under either name.
    """
    names = {str(one) for one in settings.home.rglob("*") if one.is_file() and one.samefile(file)}
    flip(file, bit)
    try:
        findings = verification.verify(settings)
    finally:
        flip(file, bit)
    found = {str(damage.file) for damage in findings.damages}
    place = f"bit {bit} of {file.relative_to(settings.home)}"
    if not found & names:
        return f"{place} flipped, and nobody noticed"
    if found - names:
        return f"{place} flipped, and {sorted(found - names)} was blamed, too"
    dumb = [one for one in findings.damages if not (one.reason and one.affects and one.advice)]
    return f"{place}: {dumb[0]} says too little" if dumb else ""


def flip(file: Path, bit: int) -> None:
    """Change one bit in place, as a disk does: neither its size nor its inode tell."""
    file.chmod(0o644)
    with file.open("r+b") as handle:
        handle.seek(bit // 8)
        byte = handle.read(1)[0]
        handle.seek(bit // 8)
        handle.write(bytes([byte ^ 1 << bit % 8]))


@pytest.mark.parametrize("pattern", [one for one in _KINDS if one.endswith(".json")])
def test_no_byte_of_a_receipt_changes_unnoticed(home: Path, pattern: str) -> None:
    file, settings = min(home.glob(pattern)), Settings(home=home, threads=1)
    unnoticed = []
    for byte in range(0, file.stat().st_size, 1 if IS_FULL else 7):
        bit = byte * 8 + byte % 8
        flip(file, bit)
        named = {one.file for one in verification.verify(settings, is_quick=True).damages}
        flip(file, bit)
        if file not in named:
            unnoticed.append(byte)
    assert unnoticed == []


@pytest.mark.parametrize("pattern", _GONE)
@pytest.mark.parametrize("is_quick", [True, False])
def test_what_is_gone_is_missed(home: Path, tmp_path: Path, pattern: str, is_quick: bool) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "data", symlinks=True))
    file = min(copy.glob(pattern))
    file.unlink()
    found = verification.verify(Settings(home=copy, threads=1), is_quick=is_quick).damages
    assert [one.reason for one in found if file.name in str(one.file)], found


def test_a_build_reads_no_table_that_rotted(home: Path) -> None:
    newest = lake.newest(home, small_home.FEED)
    assert newest
    require_sound(home, newest.feed, newest.name)
    for file in (newest.path / "title_ratings.parquet", min(home.glob("lake/*/*/*changes*"))):
        flip(file, 99)
        with pytest.raises(RotError, match=file.name):
            require_sound(home, newest.feed, newest.name)
        flip(file, 99)


def test_a_home_of_before_hashes_were_recorded_is_not_blamed(home: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "data", symlinks=True))
    for receipt in copy.glob("lake/*/*/receipt.json"):
        fields = document.read(receipt)
        del fields["contents"]
        receipt.chmod(0o644)
        receipt.write_text(json.dumps(fields, indent=2), "utf-8")
    findings = verification.verify(Settings(home=copy, threads=1))
    assert findings.damages == []
    assert {one.suffix for one in findings.unproven} == {".json", ".parquet"}
