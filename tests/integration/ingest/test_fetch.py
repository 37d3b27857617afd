"""`ingest.fetch` against a real server that drops, stalls, lies and changes its mind."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import fetch as fetching
from ingest import lake, landing
from ingest.catalog import IMDB, PAGES
from ingest.download import Retries
from ingest.errors import SourceDamagedError, SourceUnavailableError
from ingest.landing import Landed
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
    status,
)
from tests.unit.ingest.builders import dump, pack

QUICK = Retries(attempts=4, wait_seconds=0.01, stall_seconds=2.0)
NAME = "title.ratings.tsv.gz"


def ratings(seed: int) -> bytes:
    rolled = random.Random(seed)
    numbers = range(40_000)
    rows = (f"tt{n:07d}\t{rolled.randrange(10, 100) / 10}\t{rolled.random()}" for n in numbers)
    return dump("title_ratings", rows)


BIG = pack(ratings(1))
OTHER = pack(ratings(2))


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as started:
        for table in IMDB.tables:
            started.files[f"{table.file}.gz"] = Served(pack(dump(table.name)))
        yield started


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def fetched(home: Path, publisher: Publisher, retries: Retries = QUICK) -> Landed:
    """The landed ratings, after checking that what landed is what is served."""
    landed = fetching.fetch(home, IMDB, publisher.url, retries)
    assert [one.table for one in landed] == [table.name for table in IMDB.tables]
    for one in landed:
        content = publisher.files[one.file].content
        assert landing.path(home, one).read_bytes() == content
        assert one.byte_count == len(content)
        assert one.sha256 == lake.sha256(landing.path(home, one))
    assert not left_over(home)
    return next(one for one in landed if one.table == "title_ratings")


def left_over(home: Path) -> list[str]:
    return sorted(path.name for path in landing.folder(home, "imdb").glob(".*"))


def whole(home: Path) -> list[str]:
    return sorted(path.name for path in landing.folder(home, "imdb").glob(f"[!.]*{NAME}"))


def test_a_first_fetch_lands_the_bytes_and_says_where_from(
    home: Path, publisher: Publisher
) -> None:
    one = fetched(home, publisher)
    assert one.location == publisher.url + NAME
    assert one.etag == publisher.files[NAME].etag
    assert one.last_modified == "Sun, 22 Nov 2026 06:00:00 GMT"
    [asked] = publisher.asked(NAME)
    assert asked["Accept-Encoding"] == "identity"
    assert asked["User-Agent"].startswith("arthouse/")
    assert "Range" not in asked


@pytest.mark.parametrize("broken", [dropped, short], ids=["reset", "closed early"])
def test_a_dropped_download_goes_on_where_it_stopped(
    home: Path, publisher: Publisher, broken: Callable[[int], Answer]
) -> None:
    answer = broken(200_000)
    served = publisher.files[NAME] = Served(BIG, answers={1: answer})
    fetched(home, publisher)
    first, second = publisher.asked(NAME)
    assert "Range" not in first
    assert second["Range"] == "bytes=200000-"
    assert second["If-Range"] == served.etag


def test_a_later_run_goes_on_where_an_earlier_one_gave_up(home: Path, publisher: Publisher) -> None:
    broken: dict[int, Answer] = {number: short(150_000) for number in range(1, 3)}
    publisher.files[NAME] = Served(BIG, answers=broken, heeds_range=False)
    with pytest.raises(SourceUnavailableError, match="received 150000 bytes"):
        fetching.fetch(home, IMDB, publisher.url, Retries(2, 0.01))
    assert whole(home) == []
    assert left_over(home) == [f".part-{NAME}", f".part-{NAME}.json"]
    publisher.files[NAME].heeds_range = True
    fetched(home, publisher)
    assert publisher.asked(NAME)[-1]["Range"] == "bytes=150000-"


def test_a_file_that_changed_meanwhile_is_fetched_anew(home: Path, publisher: Publisher) -> None:
    def replaced(handler: Handler, served: Served, number: int) -> None:
        publisher.files[NAME] = Served(OTHER)
        dropped(200_000)(handler, served, number)

    publisher.files[NAME] = Served(BIG, answers={1: replaced})
    one = fetched(home, publisher)
    assert one.etag == publisher.files[NAME].etag
    assert publisher.asked(NAME)[1]["Range"] == "bytes=200000-"


def test_a_server_that_heeds_range_but_not_if_range_is_caught_by_its_tag(
    home: Path, publisher: Publisher
) -> None:
    def replaced(handler: Handler, served: Served, number: int) -> None:
        publisher.files[NAME] = Served(OTHER, heeds_if_range=False)
        dropped(200_000)(handler, served, number)

    publisher.files[NAME] = Served(BIG, answers={1: replaced}, heeds_if_range=False)
    fetched(home, publisher)
    assert "Range" not in publisher.asked(NAME)[2]


def test_a_server_that_ignores_range_sends_the_whole_file(home: Path, publisher: Publisher) -> None:
    publisher.files[NAME] = Served(BIG, answers={1: dropped(100_000)}, heeds_range=False)
    fetched(home, publisher)
    assert "Range" in publisher.asked(NAME)[1]


def test_two_halves_are_never_joined_on_a_weak_tag(home: Path, publisher: Publisher) -> None:
    publisher.files[NAME] = Served(BIG, etag='W/"x"', answers={1: dropped(100_000)})
    fetched(home, publisher)
    assert "Range" not in publisher.asked(NAME)[1]


def test_without_a_tag_the_date_joins_two_halves(home: Path, publisher: Publisher) -> None:
    publisher.files[NAME] = Served(BIG, etag="", answers={1: dropped(100_000)})
    fetched(home, publisher)
    assert publisher.asked(NAME)[1]["If-Range"] == "Sun, 22 Nov 2026 06:00:00 GMT"


def test_without_tag_and_date_a_download_starts_again(home: Path, publisher: Publisher) -> None:
    publisher.files[NAME] = Served(BIG, etag="", modified=None, answers={1: dropped(100_000)})
    fetched(home, publisher)
    assert "Range" not in publisher.asked(NAME)[1]


def test_a_resumption_from_another_byte_is_not_joined(home: Path, publisher: Publisher) -> None:
    def elsewhere(handler: Handler, served: Served, _: int) -> None:
        handler.begin(served, 206, 5, len(served.content) - 5)
        handler.wfile.write(served.content[5:])

    publisher.files[NAME] = Served(BIG, answers={1: dropped(100_000), 2: elsewhere})
    fetched(home, publisher)
    assert len(publisher.asked(NAME)) == 3


def test_a_part_that_nobody_asked_for_is_not_the_whole(home: Path, publisher: Publisher) -> None:
    first = pack(ratings(1))
    served = Served(first + OTHER, answers={1: lies.part(0, len(first))})
    publisher.files[NAME] = served
    fetched(home, publisher)
    assert publisher.asked(NAME)[1]["Range"] == f"bytes={len(first)}-"


def test_a_part_longer_than_the_file_is_thrown_away(home: Path, publisher: Publisher) -> None:
    publisher.files[NAME] = Served(BIG, etag='"same"', answers={1: dropped(200_000)})
    with pytest.raises(SourceUnavailableError):
        fetching.fetch(home, IMDB, publisher.url, Retries(1, 0.0))
    publisher.files[NAME] = Served(pack(dump("title_ratings")), etag='"same"')
    fetched(home, publisher)


def test_an_unchanged_file_is_not_sent_again(home: Path, publisher: Publisher) -> None:
    first = fetched(home, publisher)
    second = fetched(home, publisher)
    assert publisher.asked(NAME)[1]["If-None-Match"] == first.etag
    assert (second.sha256, second.text) == (first.sha256, first.text)
    assert len(whole(home)) == 1


def test_the_date_alone_is_enough_to_ask_for_news(home: Path, publisher: Publisher) -> None:
    publisher.files[NAME].etag = ""
    first = fetched(home, publisher)
    assert first.etag is None
    fetched(home, publisher)
    assert publisher.asked(NAME)[1]["If-Modified-Since"] == first.last_modified
    publisher.files[NAME] = Served(BIG, etag="", modified=MODIFIED + 60)
    assert fetched(home, publisher).byte_count == len(BIG)


def test_the_same_bytes_under_a_new_tag_land_once(home: Path, publisher: Publisher) -> None:
    fetched(home, publisher)
    publisher.files[NAME].etag = '"renamed"'
    assert fetched(home, publisher).etag == '"renamed"'
    assert len(whole(home)) == 1


def test_plain_text_is_taken_where_there_is_no_gzip(home: Path, publisher: Publisher) -> None:
    del publisher.files[NAME]
    publisher.files["title.ratings.tsv"] = Served(dump("title_ratings"))
    assert fetched(home, publisher).file == "title.ratings.tsv"
    publisher.requests.clear()
    assert fetched(home, publisher).file == "title.ratings.tsv"


def test_a_file_that_is_nowhere_is_named(home: Path, publisher: Publisher) -> None:
    del publisher.files[NAME]
    with pytest.raises(SourceUnavailableError, match=r"no title\.ratings\.tsv\.gz and no"):
        fetching.fetch(home, IMDB, publisher.url, QUICK)


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
def test_a_server_in_trouble_is_asked_again(home: Path, publisher: Publisher, code: int) -> None:
    publisher.files[NAME].answers = {1: status(code), 2: status(code)}
    fetched(home, publisher)
    assert len(publisher.asked(NAME)) == 3


def test_a_server_that_stays_in_trouble_is_unavailable(home: Path, publisher: Publisher) -> None:
    publisher.files[NAME].answers = {number: status(503) for number in range(1, 9)}
    with pytest.raises(SourceUnavailableError, match=r"HTTP 503 \(after 4 tries\)"):
        fetching.fetch(home, IMDB, publisher.url, QUICK)
    assert len(publisher.asked(NAME)) == 4
    assert whole(home) == []


@pytest.mark.parametrize("code", [400, 401, 403, 410])
def test_a_refusal_is_not_asked_again(home: Path, publisher: Publisher, code: int) -> None:
    publisher.files[NAME].answers = {1: status(code)}
    with pytest.raises(SourceUnavailableError, match=f"HTTP {code}"):
        fetching.fetch(home, IMDB, publisher.url, QUICK)
    assert len(publisher.asked(NAME)) == 1


def test_nobody_listening_is_unavailable(home: Path) -> None:
    with publishing() as gone:
        url = gone.url
    with pytest.raises(SourceUnavailableError, match="ConnectError"):
        fetching.fetch(home, IMDB, url, Retries(2, 0.0))


def test_a_stalled_server_is_left_and_resumed(home: Path, publisher: Publisher) -> None:
    publisher.files[NAME] = Served(BIG, answers={1: stalled(100_000, 20)})
    fetched(home, publisher, Retries(attempts=2, wait_seconds=0.01, stall_seconds=0.3))
    assert publisher.asked(NAME)[1]["Range"] == "bytes=100000-"


@pytest.mark.parametrize("head", [False, True], ids=["body", "header lines"])
def test_a_server_that_dribbles_is_left(home: Path, publisher: Publisher, head: bool) -> None:
    publisher.files[NAME].answers = {n: lies.dribbled(0.05, head=head) for n in (1, 2)}
    with pytest.raises(SourceUnavailableError, match=r"fewer than 300 bytes in 0\.3 s"):
        fetching.fetch(home, IMDB, publisher.url, Retries(2, 0.0, 0.3))


@pytest.mark.parametrize(
    "content",
    [b"<html><body>Please log in</body></html>", b"", pack(b""), BIG[:-3], BIG + b"tail"],
    ids=["page", "nothing", "empty gzip", "cut", "tail"],
)
def test_what_is_no_dump_does_not_land(home: Path, publisher: Publisher, content: bytes) -> None:
    publisher.files[NAME] = Served(content)
    with pytest.raises(SourceDamagedError) as caught:
        fetching.fetch(home, IMDB, publisher.url, QUICK)
    assert caught.value.location == publisher.url + NAME
    assert whole(home) == []
    assert left_over(home) == []
    publisher.files[NAME] = Served(BIG)
    fetched(home, publisher)


def test_a_flipped_bit_on_the_way_does_not_land(home: Path, publisher: Publisher) -> None:
    rolled = random.Random(5)
    for _ in range(12):
        altered = bytearray(BIG)
        altered[rolled.randrange(10, len(BIG))] ^= 1 << rolled.randrange(8)
        publisher.files[NAME] = Served(bytes(altered))
        with pytest.raises(SourceDamagedError):
            fetching.fetch(home, IMDB, publisher.url, QUICK)
        assert whole(home) == []


def test_files_of_two_refreshes_are_not_taken_together(home: Path, publisher: Publisher) -> None:
    publisher.files[NAME].modified = MODIFIED - 12 * 3600
    fetched(home, publisher)
    publisher.files[NAME] = Served(BIG, modified=MODIFIED - 12 * 3600 - 1)
    with pytest.raises(SourceUnavailableError, match="in the middle of a refresh") as caught:
        fetching.fetch(home, IMDB, publisher.url, QUICK)
    assert NAME in str(caught.value)


def test_a_date_that_is_none_does_not_stop_a_fetch(home: Path, publisher: Publisher) -> None:
    def odd(handler: Handler, served: Served, _: int) -> None:
        handler.plain(200, served.content, {"Last-Modified": "the day before"})

    publisher.files[NAME].answers = {1: odd}
    assert fetched(home, publisher).last_modified == "the day before"


def test_a_password_in_the_address_reaches_the_server_and_nothing_else(
    home: Path, publisher: Publisher
) -> None:
    secret = publisher.url.replace("http://", "http://reader:sesam%21@")
    landed = fetching.fetch(home, IMDB, secret, QUICK)
    assert all(headers["Authorization"].startswith("Basic ") for headers in publisher.asked(NAME))
    assert {one.location for one in landed} == {publisher.url + one.file for one in landed}
    for path in landing.folder(home, "imdb").glob("*.json"):
        assert "sesam" not in path.read_text("utf-8")


def test_a_query_is_asked_of_each_file_and_kept_nowhere(home: Path, publisher: Publisher) -> None:
    landed = fetching.fetch(home, IMDB, f"{publisher.url}?part=2&sig=sesam/21", QUICK)
    asked = {request.path for request in publisher.requests}
    assert asked == {f"/dumps/{one.file}?part=2&sig=sesam/21" for one in landed}
    assert {one.location for one in landed} == {
        f"{publisher.url}{one.file}?part=2&sig=…" for one in landed
    }
    [file], _ = fetching.collect(home, PAGES, f"{publisher.url}{NAME}?sig=sesam/21", QUICK)
    assert (file.file, file.location) == (NAME, f"{publisher.url}{NAME}?sig=…")
    for path in (home / "landing").rglob("*"):
        assert "sesam" not in path.name
        assert b"sesam" not in (path.read_bytes() if path.is_file() else b"")


def test_an_unchanged_file_behind_a_query_is_not_sent_again(
    home: Path, publisher: Publisher
) -> None:
    for _ in range(2):
        fetching.fetch(home, IMDB, f"{publisher.url}?sig=sesam", QUICK)
    assert [request.get("If-None-Match") for request in publisher.asked(f"{NAME}?sig=sesam")] == [
        None,
        publisher.files[NAME].etag,
    ]


@pytest.mark.parametrize("fault", ["missing", "forbidden", "trouble", "damaged", "spread", "gone"])
def test_no_message_shows_the_password(home: Path, publisher: Publisher, fault: str) -> None:
    served = publisher.files[NAME]
    if fault == "missing":
        del publisher.files[NAME]
    elif fault == "damaged":
        served.content = b"page"
    elif fault == "spread":
        served.modified = MODIFIED - 99_999
    else:
        code = {"forbidden": 403, "trouble": 503, "gone": 302}[fault]
        target = {"Location": "http://127.0.0.2:9/x"} if fault == "gone" else None
        served.answers = {number: status(code, target) for number in range(1, 9)}
    secret = publisher.url.replace("http://", "http://reader:sesam@")
    with pytest.raises((SourceUnavailableError, SourceDamagedError)) as caught:
        fetching.fetch(home, IMDB, secret, Retries(2, 0.0))
    error: BaseException | None = caught.value
    while error:
        assert "sesam" not in str(error)
        assert "sesam" not in repr(error)
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/x",
        "http://[::1]/x",
        "http://[::ffff:169.254.169.254]/latest",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/x",
        "http://2130706434/x",
        "http://localhost/x",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_into_the_readers_own_network_is_refused(
    home: Path, publisher: Publisher, target: str
) -> None:
    publisher.files[NAME].answers = {n: status(302, {"Location": target}) for n in range(1, 9)}
    with pytest.raises(SourceUnavailableError):
        fetching.fetch(home, IMDB, publisher.url, Retries(2, 0.0))
    assert whole(home) == []


def test_a_redirect_to_another_port_of_a_private_server_is_refused(
    home: Path, publisher: Publisher
) -> None:
    with publishing() as other:
        other.files[NAME] = Served(BIG)
        publisher.files[NAME].answers = {1: lies.moved(other.url + NAME)}
        with pytest.raises(SourceUnavailableError, match="not a public address"):
            fetching.fetch(home, IMDB, publisher.url, QUICK)
        assert other.requests == []


def test_a_copy_that_is_damaged_leaves_nothing_in_landing(home: Path, tmp_path: Path) -> None:
    for table in IMDB.tables:
        (tmp_path / f"{table.file}.gz").write_bytes(pack(dump(table.name)))
    (tmp_path / NAME).write_bytes(BIG[:-3])
    with pytest.raises(SourceDamagedError):
        fetching.fetch(home, IMDB, str(tmp_path))
    assert left_over(home) == []


def test_a_redirect_on_the_same_server_is_followed(home: Path, publisher: Publisher) -> None:
    moved = {"Location": f"/mirror/new-{NAME}"}
    publisher.files[f"new-{NAME}"] = Served(BIG)
    publisher.files[NAME] = Served(BIG, answers={1: status(302, moved)})
    assert fetched(home, publisher).byte_count == len(BIG)


def test_half_a_copy_from_a_folder_is_never_resumed_into_a_download(
    home: Path, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.files[NAME] = Served(BIG, answers={1: dropped(100_000)})
    with pytest.raises(SourceUnavailableError):
        fetching.fetch(home, IMDB, publisher.url, Retries(1, 0.0))
    for table in IMDB.tables:
        (tmp_path / f"{table.file}.gz").write_bytes(pack(dump(table.name)))
    (tmp_path / NAME).write_bytes(OTHER[:150_000])
    with pytest.raises(SourceDamagedError):
        fetching.fetch(home, IMDB, str(tmp_path))
    fetched(home, publisher)
