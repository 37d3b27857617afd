"""Dumps that arrive at a home which has had its night: what it holds, and what it says of them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from ingest import fetch as fetching
from ingest import lake, landing
from ingest.catalog import IMDB
from ingest.download import Retries
from ingest.errors import IngestError
from ingest.feeds import imdb
from ingest.settings import Settings
from tests import small_release
from tests.integration.ingest.server import Answer, Publisher, Served, publishing
from tests.unit.ingest.builders import dump, pack
from warehouse import gate, release

# One dump of the seven: what goes wrong with one goes wrong with each.
RATINGS = replace(IMDB, tables=(IMDB.table("title_ratings"),))
NAME = "title.ratings.tsv.gz"
ONCE = Retries(attempts=1, wait_seconds=0.0, stall_seconds=5.0)
Holdings = Mapping[str, str]


def ratings(rows: int, seed: int = 0) -> bytes:
    """Invented ratings as text."""
    rolled = Random(seed)
    return dump(
        "title_ratings",
        (
            f"tt{number:07d}\t{rolled.randrange(10, 100) / 10}\t{rolled.randrange(5, 99_999)}"
            for number in range(1, rows + 1)
        ),
    )


@contextmanager
def published(home: Path, content: bytes) -> Iterator[Publisher]:
    """A publisher of all dumps, these the ratings; a night of them is in the lake and published."""
    with publishing() as publisher:
        for table in IMDB.tables:
            publisher.files[f"{table.file}.gz"] = Served(pack(dump(table.name)))
        publisher.files[NAME] = Served(content)
        night(home, "first", publisher.url)
        small_release.publish(home)
        yield publisher


def night(home: Path, run: str, location: str) -> None:
    """One night up to the lake: fetch, load, the raw gate, commit."""
    settings = Settings(home=home, threads=1, fetch_attempts=1, fetch_wait_seconds=0)
    if imdb.fetch(settings, run, location)["outcome"] == "done":
        imdb.load(settings, run)
        gate.judge_incoming(settings, run, IMDB.name)
        imdb.commit(settings, run)


def holdings(home: Path) -> Holdings:
    """Each file that landed, is committed or is published, by its hash; and where the link leads.

    What hides is not of it: a download that waits for its rest, a folder that is being loaded.
    """
    roots = (home / "landing", home / "lake", home / "releases")
    files = (path for root in roots for path in root.rglob("*") if path.is_file())
    seen = {path.relative_to(home): path for path in files}
    link = home / release.LINK
    return {
        **{str(name): _digest(path) for name, path in seen.items() if not _hides(name)},
        release.LINK: str(link.readlink()) if link.is_symlink() else "",
    }


def _digest(path: Path) -> str:
    if path.suffix != ".json" or path.parent.parent.name != "landing":
        return lake.sha256(path)
    # A receipt is written anew whenever its file is seen again.
    return repr(replace(landing.read(path), fetched_at=""))


def landed(kept: Holdings) -> Holdings:
    """What of it landed."""
    return {name: digest for name, digest in kept.items() if name.startswith("landing/")}


def readable(kept: Holdings) -> Holdings:
    """What of it a reader or the next build sees: the lake, the releases and the link."""
    return {name: digest for name, digest in kept.items() if not name.startswith("landing/")}


def _hides(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def refusal(home: Path, location: str, retries: Retries = ONCE) -> IngestError | None:
    """Why the ratings at a location do not land; None if they do."""
    try:
        fetching.fetch(home, RATINGS, location, retries)
    except IngestError as error:
        return error
    return None


def vague(error: Exception | None, place: str) -> Iterator[str]:
    """What a refusal leaves open: the file, the reason, or what to do."""
    if not isinstance(error, IngestError):
        yield f"it was taken, or broke: {error!r}"
        return
    if place not in error.location:
        yield f"no word of {place}: {error}"
    if not (error.reason.strip() and error.advice.strip()):
        yield f"no reason or advice: {error}"


def leftovers(home: Path) -> list[str]:
    """Files in landing that are no landed file: drafts, and notes of them."""
    return sorted(path.name for path in landing.folder(home, IMDB.name).glob(".*"))


class Checking:
    """A home and a publisher: what may arrive in between, and must not."""

    def __init__(self, home: Path, publisher: Publisher, folder: Path) -> None:
        self.home, self.publisher, self._folder = home, publisher, folder
        self._sound = publisher.files[NAME]
        self._before = holdings(home)

    def from_folder(self, content: bytes) -> Iterator[str]:
        """What is wrong after such a file was put into a folder."""
        (self._folder / NAME).write_bytes(content)
        error = refusal(self.home, str(self._folder))
        yield from self._problems(error, NAME)
        if leftovers(self.home):
            yield f"left over: {leftovers(self.home)}"

    def from_server(self, answer: Answer, served: Served | None = None) -> Iterator[str]:
        """What is wrong after a server answered so."""
        url = self.publisher.url
        self.publisher.requests.clear()
        self.publisher.files[NAME] = served or Served(b"", etag='"next"')
        self.publisher.files[NAME].answers = {1: answer}
        yield from self._problems(refusal(self.home, url), url + NAME)

    def resumed(self, served: Served) -> Iterator[str]:
        """What is wrong after the next try, which is answered honestly."""
        self.publisher.files[NAME] = served
        error = refusal(self.home, self.publisher.url)
        if error:
            yield f"the next try fails: {error}"
            return
        found = {path.read_bytes() for path in (self.home / "landing/imdb").glob(f"[!.]*{NAME}")}
        if served.content not in found:
            yield "the next try lands something else"
        self.restore()

    def restore(self) -> None:
        """Serve the first night's file again, and forget every other."""
        self.publisher.files[NAME] = self._sound
        for path in (self.home / "landing").rglob("*"):
            if path.is_file() and str(path.relative_to(self.home)) not in self._before:
                path.unlink()

    def _problems(self, error: IngestError | None, place: str) -> Iterator[str]:
        yield from vague(error, place)
        after = holdings(self.home)
        if after != self._before:
            yield f"altered: {sorted(set(after.items()) ^ set(self._before.items()))}"
            self.restore()
