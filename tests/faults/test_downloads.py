"""F16, F17: publishers between two nights, or that break off, dribble, lie or lead elsewhere."""

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from ingest import download, lake, landing
from ingest import fetch as fetching
from ingest import line as lines
from ingest.download import Retries
from ingest.errors import IngestError
from ingest.partial import Partial
from tests.faults import arrivals
from tests.faults.arrivals import NAME, holdings, ratings
from tests.faults.trials import Trials
from tests.integration.ingest import lies
from tests.integration.ingest.server import (
    MODIFIED,
    Answer,
    Handler,
    Publisher,
    Served,
    dropped,
    publishing,
    short,
    stalled,
)
from tests.unit.ingest.builders import pack

_LINES = [ratings(4000, seed).splitlines(keepends=True) for seed in range(3)]
# Each is whole up to its half, too: no checksum tells that the rest is missing.
_HALVES = [(pack(b"".join(one[:2000])), pack(b"".join(one[2000:]))) for one in _LINES]
FIRST, NEXT, THIRD = (b"".join(halves) for halves in _HALVES)
HOUR = 3600.0
DAY = 24 * HOUR
HALF = len(_HALVES[1][0])
# A server that sends less than 300 bytes in 0.3 s counts as gone.
PATIENCE = Retries(attempts=2, wait_seconds=0.0, stall_seconds=0.3)
LASTING = Retries(attempts=6, wait_seconds=0.0, stall_seconds=0.5)
LONGEST_SECONDS = 5.0
OTHERS = "title.basics.tsv.gz"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def publisher(home: Path) -> Iterator[Publisher]:
    with arrivals.published(home, FIRST) as started:
        yield started


def nights(publisher: Publisher) -> Mapping[str, Mapping[str, Served]]:
    """What a publisher serves that is not done with its refresh, or that went back."""
    basics = publisher.files[OTHERS].content
    return {
        "ratings of today, the rest of the day before": {
            NAME: Served(NEXT, modified=MODIFIED + DAY)
        },
        "ratings of the day before, the rest of today": {
            name: Served(served.content + pack(b""), modified=MODIFIED + DAY)
            for name, served in publisher.files.items()
            if name != NAME
        },
        "ratings older than last time": {NAME: Served(THIRD, modified=MODIFIED - HOUR)},
        "a set older than last time": {
            name: Served(pack(b"") + served.content, modified=MODIFIED - DAY)
            for name, served in publisher.files.items()
        },
        "older by a second, under the same tag": {
            OTHERS: Served(basics + pack(b""), modified=MODIFIED - 1)
        },
    }


def between_nights(home: Path, publisher: Publisher, files: Mapping[str, Served]) -> Iterator[str]:
    """What is wrong after a night on such files, and after the night of a whole refresh."""
    before, sound = arrivals.readable(holdings(home)), dict(publisher.files)
    publisher.files.update(files)
    try:
        arrivals.night(home, "between", publisher.url)
        yield "it was committed"
    except IngestError as error:
        yield from arrivals.vague(error, publisher.url)
        if "2026-11-2" not in error.reason:
            yield f"no word of the days: {error}"
    if arrivals.readable(holdings(home)) != before:
        yield "lake, releases or link are altered"
    publisher.files.update(sound)


@pytest.mark.fault("F16", "a refresh half done; files older than last time", quick=5, full=5)
def test_publishers_between_two_nights(trials: Trials, home: Path, publisher: Publisher) -> None:
    for name, files in trials.of(nights(publisher).items()):
        for words in between_nights(home, publisher, files):
            trials.lose(f"{name}: {words}")
    fresh = {
        name: Served(served.content + pack(b""), modified=MODIFIED + DAY)
        for name, served in publisher.files.items()
    }
    # No hand: the next whole refresh is taken.
    known = lake.newest(home, "imdb")
    publisher.files.update(fresh)
    arrivals.night(home, "whole", publisher.url)
    if lake.newest(home, "imdb") == known:
        trials.lose("the next whole refresh was not taken")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "_check_spread", lambda *_: None)
        files = {NAME: Served(NEXT, modified=MODIFIED + 3 * DAY)}
        seen = bool(list(between_nights(home, publisher, files)))
    trials.control("no look at how far apart the files are", caught=seen)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "_check_age", lambda *_: None)
        files = {NAME: Served(THIRD, modified=MODIFIED + DAY - HOUR)}
        seen = bool(list(between_nights(home, publisher, files)))
    trials.control("no look at what was there last time", caught=seen)


class Line:
    """One download of the ratings, which landed once before, and all that may be wrong with it."""

    def __init__(self, home: Path, publisher: Publisher) -> None:
        self.home, self.publisher = home, publisher

    def breaks(self, *answers: Answer) -> Iterator[str]:
        """What is wrong after answers that must not be taken, and after the next honest one."""
        before = holdings(self.home)
        self.publisher.requests.clear()
        self.publisher.files[NAME] = Served(NEXT, answers=dict(enumerate(answers, 1)))
        started = time.perf_counter()
        error = arrivals.refusal(self.home, self.publisher.url, PATIENCE)
        took = time.perf_counter() - started
        yield from arrivals.vague(error, self.publisher.url.rstrip("/"))
        if took > LONGEST_SECONDS:
            yield f"it took {took:.1f} s"
        if holdings(self.home) != before:
            yield "landing, lake or link are altered"
        yield from self.lands(NEXT)

    def lands(self, content: bytes, *answers: Answer) -> Iterator[str]:
        """What is wrong after answers of which the last, or the honest one, brings the file."""
        self.publisher.requests.clear()
        self.publisher.files[NAME] = Served(NEXT, answers=dict(enumerate(answers, 1)))
        error = arrivals.refusal(self.home, self.publisher.url, LASTING)
        if error:
            yield f"refused: {error}"
        elif content not in self._ratings():
            yield "what landed is not what was served"
        if not error and arrivals.leftovers(self.home):
            yield f"left over: {arrivals.leftovers(self.home)}"

    def _ratings(self) -> list[bytes]:
        files = landing.folder(self.home, "imdb").glob(f"[!.]*{NAME}")
        return [path.read_bytes() for path in files]

    def reset(self) -> None:
        """Back to the first night, with nothing under way."""
        folder = landing.folder(self.home, "imdb")
        for path in (*folder.glob(".part*"), *folder.glob(f"*{NAME}*")):
            path.unlink()
        self.publisher.files[NAME] = Served(FIRST)
        assert arrivals.refusal(self.home, self.publisher.url) is None


def replaced(first: Answer) -> Answer:
    """An answer, after which the file is another one."""

    def answer(handler: Handler, served: Served, number: int) -> None:
        handler.publisher.files[NAME] = Served(THIRD, answers=served.answers)
        first(handler, served, number)

    return answer


def mixed(handler: Handler, _: Served, __: int) -> None:
    """206 with the rest of another version, whole by itself, under that version's ETag."""
    other = Served(bytes(HALF) + _HALVES[2][1])
    lies.part(HALF, len(other.content))(handler, other, 0)


def broken_off(line: Line) -> Mapping[str, Iterator[str]]:
    """Downloads that break off: resumed where the version is the same, else begun anew."""
    return {
        "reset, then resumed": line.lands(NEXT, dropped(HALF)),
        "closed, then resumed": line.lands(NEXT, short(HALF)),
        "stalled, then resumed": line.lands(NEXT, stalled(HALF, 9)),
        "reset every time": line.breaks(dropped(HALF), dropped(HALF)),
        "stalled every time": line.breaks(stalled(9, 9), stalled(9, 9)),
        "reset, then another version": line.lands(THIRD, replaced(dropped(HALF))),
        "reset, then 206 of another version": line.breaks(dropped(HALF), mixed),
        "206 of another version, then whole": line.lands(NEXT, dropped(HALF), mixed),
        "206 of half of the rest": line.lands(NEXT, dropped(9), lies.part(9, HALF)),
        "206 that nobody asked for": line.breaks(lies.part(0, HALF), lies.part(0, HALF)),
        "a byte now and then": line.breaks(lies.dribbled(0.05), lies.dribbled(0.05)),
        "header lines without end": line.breaks(
            lies.dribbled(0.05, head=True), lies.dribbled(0.05, head=True)
        ),
        "slow, but it goes on": line.lands(
            NEXT, lies.slowly([NEXT[at : at + 9000] for at in range(0, len(NEXT), 9000)], 0.1)
        ),
    }


def lied_to(line: Line) -> Mapping[str, Iterator[str]]:
    """Answers that say what is not so."""
    longer = lies.shown(NEXT, claimed=len(NEXT) + 99)
    page = lies.shown(b"<html>Sorry</html>", kind="text/html")
    return {
        "a length that is too long": line.breaks(longer, longer),
        "a length that is too short": line.breaks(lies.shown(NEXT, claimed=HALF + 9)),
        "an error page, 200": line.breaks(page),
        "a dump that is called a page": line.lands(NEXT, lies.shown(NEXT, kind="text/html")),
    }


def inward(port: int) -> Iterator[str]:
    """Addresses in the reader's own network, and what is no server."""
    mine = [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "0",
        "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "10.0.0.1", "192.168.1.1", "172.16.0.1",
        "100.64.0.1", "169.254.169.254", "[::ffff:169.254.169.254]", "[fe80::1]", "[fd00::1]",
        "[fec0::1]", "224.0.0.1", "255.255.255.255",
    ]  # fmt: skip
    yield from (f"http://{host}:{port}/dumps/secret" for host in mine)
    yield from ("file:///etc/passwd", "ftp://127.0.0.2/x", "gopher://127.0.0.2/x", "data:,x")


OUTSIDE = "dumps.test"
REBOUND = "rebound.test"


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of servers outside: one is our publisher's, one is inside at every second glance."""
    known, looks = socket.getaddrinfo, cycle(["8.8.8.8", "127.0.0.1"])

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:
        if host == REBOUND:
            host = next(looks)
        return known("127.0.0.1" if host == OUTSIDE else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def sent_inward(line: Line, place: str, target: str, secret: Publisher) -> Iterator[str]:
    """What is wrong after a publisher at a place redirected us there."""
    before = holdings(line.home)
    line.publisher.files[NAME] = Served(NEXT, answers={1: lies.moved(target)})
    line.publisher.requests.clear()
    error = arrivals.refusal(line.home, place)
    yield from arrivals.vague(error, place)
    if error and not any(words in error.reason for words in ("redirects to", "URL")):
        yield f"no word of where to: {error}"
    if secret.requests:
        yield f"it was asked: {secret.requests.pop().path}"
    if holdings(line.home) != before or arrivals.leftovers(line.home):
        yield "landing, lake or link are altered"


@pytest.mark.fault(
    "F17", "downloads that break off, dribble, lie or lead inward", quick=20, full=20
)
@pytest.mark.usefixtures("outside")
def test_downloads(trials: Trials, home: Path, publisher: Publisher) -> None:
    line = Line(home, publisher)
    for name, found in trials.of({**broken_off(line), **lied_to(line)}.items()):
        line.reset()
        for words in found:
            trials.lose(f"{name}: {words}")
    line.reset()
    port = publisher.server_port
    with publishing() as secret:
        secret.files["secret"] = Served(NEXT)
        named = f"http://127.0.0.1:{port}/dumps/"
        abroad = f"http://{OUTSIDE}:{port}/dumps/"
        cases = [(abroad, target) for target in inward(secret.server_port)]
        cases.append((named, f"http://127.0.0.1:{secret.server_port}/dumps/secret"))
        cases.append((abroad, f"http://{REBOUND}:{secret.server_port}/dumps/secret"))
        for place, target in trials.of(cases):
            for words in sent_inward(line, place, target, secret):
                trials.lose(f"from {place} to {target}: {words}")
        doors: dict[str, tuple[object, str, Callable[..., Any], str]] = {
            "every address taken for public": (lines, "_is_public", lambda _: True, cases[0][1]),
            "no look at who is at the other end": (
                lines.Line, "trace", lambda *_: None, cases[-1][1]
            ),
        }  # fmt: skip
        for name, (subject, attribute, defect, target) in doors.items():
            line.reset()
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(subject, attribute, defect)
                seen = list(sent_inward(line, abroad, target, secret))
            trials.control(name, caught="it was asked: /dumps/secret" in seen)
    controls(trials, line)


def controls(trials: Trials, line: Line) -> None:
    """Plant what a download must not do, and see that the checks above see it."""
    planted: dict[str, tuple[object, str, Callable[..., Any], Callable[[], Iterator[str]]]] = {
        "halves of two versions, joined": (
            Partial,
            "of",
            lambda _, url: Partial(url, '"one for all"'),
            lambda: line.breaks(short(HALF), mixed),
        ),
        "a part that nobody asked for, taken for the whole": (
            download,
            "_whole_size",
            lambda *_: None,
            lambda: line.breaks(lies.part(0, HALF)),
        ),
    }
    for name, (subject, attribute, defect, problems) in planted.items():
        line.reset()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(subject, attribute, defect)
            trials.control(name, caught=bool(list(problems())))
