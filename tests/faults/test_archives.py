"""F40: hostile archives: nothing is written outside, nothing passes for whole that is not."""

import io
import tarfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO

import pytest

from ingest import tarred
from ingest.catalog import MOVIELENS, REVIEWS
from tests.faults import archives
from tests.faults.archives import Case
from tests.faults.loads import Loader, Outcome, tried
from tests.faults.trials import Trials


def _world(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file and link outside, with what it holds."""
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in sorted(folder.rglob("*"))
        if "incoming" not in path.parts
    }


def _problems(case: Case, got: Outcome) -> Iterator[str]:
    if case.manifest is None:
        if got.refusal is None:
            yield f"{case.what}: it was loaded"
        elif case.refusal not in str(got.refusal):
            yield f"{case.what}: refused for another reason: {got.refusal}"
        return
    if got.refusal is not None:
        yield f"{case.what}: refused: {got.refusal}"
        return
    table = "ratings" if case.file.endswith(".zip") else "reviews"
    found = len(got.tables[table]), len(got.rejects)
    if found != case.manifest:
        yield f"{case.what}: {found} rows and rejects, the manifest has {case.manifest}"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.fault("F40", "hostile tar and zip; cut between members", quick=340, full=2000)
def test_hostile_archives(trials: Trials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "home").mkdir()
    (outside / "victim").write_bytes(b"untouched")
    cases = [*archives.tars(outside), *archives.odd_tars(), *archives.zips(outside)]
    cases += archives.cuts()
    cases += archives.random_cuts(trials.planned - len(cases))
    before = _world(tmp_path)
    with (
        Loader(REVIEWS, tmp_path / "home") as reviews,
        Loader(MOVIELENS, tmp_path / "home") as movielens,
    ):
        for case in trials.of(cases):
            loader = movielens if case.file.endswith(".zip") else reviews
            got = tried(trials, loader, case.what, {case.file: case.data})
            for words in _problems(case, got):
                trials.lose(words)
            if _world(tmp_path) != before:
                trials.lose(f"{case.what}: something outside was written")
        _control(trials, tmp_path, monkeypatch, reviews, cases)


def _control(
    trials: Trials, folder: Path, patch: pytest.MonkeyPatch, loader: Loader, cases: list[Case]
) -> None:
    """Two readers of tars that others have written; each must be seen."""
    known = {case.what: case for case in cases}
    before = _world(folder)
    patch.setattr(tarred, "members", _unpacking(tarred.members, folder / "home"))
    escape = known["tar: a name with ../"]
    loader.load({escape.file: escape.data})
    trials.control("an archive unpacked as it says", caught=_world(folder) != before)
    patch.setattr(tarred, "members", _trusting)
    cut = known["tar cut after 65 members"]
    caught = bool(list(_problems(cut, loader.load({cut.file: cut.data}))))
    trials.control("Python's own reader, to which a short tar is whole", caught=caught)


def _unpacking(members: Callable[..., Iterator[tarred.Member]], home: Path) -> object:
    def unpacked(handle: IO[bytes], name: str, wanted: Callable[[str], int]) -> object:
        data = handle.read(1 << 20)
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            archive.extractall(home / "unpacked", filter="fully_trusted")  # noqa: S202 - planted
        return members(io.BytesIO(data), name, wanted)

    return unpacked


def _trusting(handle: IO[bytes], _: str, __: Callable[[str], int]) -> Iterator[tarred.Member]:
    with tarfile.open(fileobj=io.BytesIO(handle.read(1 << 20))) as archive:
        for member in archive:
            text = archive.extractfile(member)
            yield tarred.Member(member.name, member.size, True, text.read() if text else b"")
