"""Files of the other feeds at any size, written in SQL in their publishers' formats, made once."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sample import words

RELEASE = "ml-bench"
# As in MovieLens' 10M: so many ratings of each user; titles, rounded to a prime number.
_RATINGS_OF_USER, _TITLES = 143, 10_687
_BLOCK_BYTES = 1 << 20

# Any step leads a user around a prime number of titles without meeting one twice.
_RATINGS = f"""
    select
        user_id as "userId",
        1 + (hash(user_id) + seen * (1 + hash(user_id, 1) % {_TITLES - 1})) % {_TITLES}
            as "movieId",
        ((1 + hash(user_id, seen, 2) % 10) / 2)::decimal(2, 1) as rating,
        789652009 + hash(user_id) % 800000000 + hash(user_id, seen) % 90000000 as timestamp
    from (
        select 1 + place // {_RATINGS_OF_USER} as user_id, place % {_RATINGS_OF_USER} as seen
        from range({{count}}) as numbers (place)
    )
    order by all
"""
_MOVIES = f"""
    select
        movie_id as "movieId", 'Film ' || movie_id || ' (1999)' as title, 'Drama|Comedy' as genres
    from range(1, {_TITLES + 1}) as numbers (movie_id)
"""
_LINKS = f"""
    select
        movie_id as "movieId", printf('%07d', movie_id) as "imdbId", movie_id as "tmdbId"
    from range(1, {_TITLES + 1}) as numbers (movie_id)
"""
_TAGS = """
    select user_id as "userId", 1 as "movieId", 'slow' as tag, 1139045764 as timestamp
    from range(1, 101) as numbers (user_id)
"""

# A review has some 230 words, and is as long as IMDb's.
_REVIEWS = """
    create table reviews as
    select
        number,
        array_to_string(
            list_transform(
                range(60 + (hash(number) % 340)::bigint),
                lambda place: vocabulary[1 + (hash(number, place) % len(vocabulary))::bigint]
                    || case hash(place, number) % 40
                        when 0 then '. ' when 1 then ', ' when 2 then '.' || chr(10)
                        when 3 then ' "so" ' else ' '
                    end
            ),
            ''
        ) as body,
        (1 + hash(number, 'day') % 28)::bigint || ' ' || months[1 + (hash(number) % 12)::bigint]
            || ' ' || (1999 + hash(number, 'year') % 20)::bigint as said_on,
        1 + (hash(number, 'rating') % 11)::bigint as stars,
        (hash(number, 'votes') % 50)::bigint as votes
    from
        range($count) as numbers (number),
        (
            select
                list_transform(
                    getvariable('nouns') || getvariable('adjectives') || getvariable('actions'),
                    lambda word: lower(word)
                ) as vocabulary,
                string_split(
                    'January February March April May June July August September October November '
                    || 'December', ' '
                ) as months
        )
"""
# As Python's `json.dumps` writes, which is how both were made.
_IEEE = """
    select
        '{"review_id": "rw' || 1000000 + number || '", "reviewer": "somebody-' || number % 90000
        || '", "movie": "Film ' || number % 5000 || ' (1999)", "rating": '
        || case when stars > 10 then 'null' else '"' || stars || '"' end
        || ', "review_summary": ' || to_json(left(body, 40)) || ', "review_date": "' || said_on
        || '", "spoiler_tag": ' || number % 2 || ', "review_detail": ' || to_json(body)
        || ', "helpful": ["' || votes // 3 || '", "' || votes || '"]}'
    from reviews where number % 2 = 0 order by number
"""
_SPOILER = """
    select
        '{"review_date": "' || said_on || '", "movie_id": "tt' || printf('%07d', 1 + number % 5000)
        || '", "user_id": "ur' || 1000000 + number || '", "is_spoiler": '
        || case when number % 4 = 1 then 'true' else 'false' end
        || ', "review_text": ' || to_json(body)
        || ', "rating": "' || 1 + stars % 10 || '", "review_summary": ' || to_json(left(body, 40))
        || '}'
    from reviews where number % 2 = 1 order by number
"""


@dataclass(frozen=True, slots=True)
class Files:
    """A folder with a feed's files; `row_count` is of the table that matters, `table`."""

    feed: str
    table: str
    folder: Path
    row_count: int

    @property
    def byte_count(self) -> int:
        """Bytes on disk, packed where the publisher packs."""
        return sum(path.stat().st_size for path in self.folder.iterdir())

    def warm(self) -> None:
        """Read every byte, so that no contestant is the one that waits for the disk."""
        for path in self.folder.iterdir():
            with path.open("rb", buffering=0) as handle:
                while handle.read(_BLOCK_BYTES):
                    pass


def ratings(cache: Path, count: int) -> Files:
    """A MovieLens zip of so many ratings."""
    return Files("movielens", "ratings", _made(cache, f"ratings-{count}", count, _pack), count)


def reviews(cache: Path, count: int) -> Files:
    """So many reviews: half of them one IEEE array, half of them Spoiler lines."""
    return Files("reviews", "reviews", _made(cache, f"reviews-{count}", count, _write), count)


def _made(cache: Path, name: str, count: int, make: Callable[[Path, int], None]) -> Path:
    folder = cache / name
    if not folder.exists():
        draft = cache / f".{name}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        make(draft, count)
        draft.rename(folder)
    return folder


def _connected() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    return connection


def _pack(folder: Path, count: int) -> None:
    members = {
        "ratings": _RATINGS.format(count=count), "movies": _MOVIES, "links": _LINKS, "tags": _TAGS,
    }  # fmt: skip
    archive = folder / f"{RELEASE}.zip"
    with _connected() as connection, zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for name, query in members.items():
            text = folder / f"{name}.csv"
            connection.execute(f"copy ({query}) to '{text}' (format csv, header)")
            with out.open(f"{RELEASE}/{name}.csv", "w", force_zip64=True) as member:
                for block in _blocks(text):
                    member.write(block.replace(b"\n", b"\r\n"))
            text.unlink()


def _write(folder: Path, count: int) -> None:
    lines = folder / "lines"
    with _connected() as connection:
        for name, value in words.variables().items():
            connection.execute(f"set variable {name} = $value", {"value": value})
        connection.execute(_REVIEWS, {"count": count})
        for query, name in ((_IEEE, "part-01.json"), (_SPOILER, "IMDB_reviews.json")):
            options = r"format csv, header false, delimiter '\x01', quote '', escape ''"
            connection.execute(f"copy ({query}) to '{lines}' ({options})")
            if query is _SPOILER:
                lines.rename(folder / name)
            else:
                _join(lines, folder / name)
    lines.unlink(missing_ok=True)


def _join(lines: Path, array: Path) -> None:
    with lines.open("rb") as records, array.open("wb") as out:
        for number, record in enumerate(records):
            out.write((b", " if number else b"[") + record.removesuffix(b"\n"))
        out.write(b"]")


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK_BYTES):
            yield block
