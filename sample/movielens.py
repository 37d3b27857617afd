"""Invented user ratings of IMDb's sample titles: a MovieLens zip, and MovieTweetings' files."""

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import duckdb

from sample import words
from sample.imdb import MARK

SQL = Path(__file__).parent / "sql" / "movielens.sql"
RELEASE = "ml-sample"
# MovieLens' smallest release has a tenth of its films for each user; more films, fewer pairs.
MOST_FILMS = 4000
# Pairs of user and film that are looked at in one statement.
SLICE_PAIRS = 20_000_000
_README = """Summary
=======

Invented ratings in the format of a MovieLens release. No person rated anything here.
"""

_TABLES = {
    "links.csv": (
        "movieId,imdbId,tmdbId",
        """
        select movie_id, substr(tconst, 3),
            if(drawn % 29 = 0, null, 2 + draw(tconst, 'tmdb') % 1200000)
        from films order by movie_id
        """,
    ),
    "movies.csv": (
        "movieId,title,genres",
        """
        select movie_id,
            movielens_title(
                title, original, startYear, endYear, titleType = 'tvMiniSeries', drawn
            ),
            coalesce(nullif(array_to_string(genres, '|'), ''), '(no genres listed)')
        from films order by movie_id
        """,
    ),
}
_RATINGS = """
    select user_id, movie_id, greatest(0.5, round(opinion * 2) / 2)::decimal(2, 1),
        828124615 + (start_drawn % 870000000) + drawn % 5000000
    from opinions('movielens', 'users', {first}, {last}) order by user_id, movie_id
"""
# Words that need quotes in CSV are among them.
_TAGS = """
    select user_id, movie_id,
        case (drawn >> 8) % 9
            when 0 then lower(pick('nouns', drawn >> 16)) || ', again'
            when 1 then 'so-called "' || lower(pick('nouns', drawn >> 16)) || '"'
            when 2 then pick('places', drawn >> 16)
            when 3
                then lower(pick('adjectives', drawn >> 16) || ' ' || pick('nouns', drawn >> 24))
            when 4 then pick('women', drawn >> 16) || ' & ' || pick('men', drawn >> 24)
            else lower(pick('adjectives', drawn >> 16))
        end,
        828125000 + (start_drawn % 870000000) + drawn % 5000000
    from opinions('movielens', 'users', {first}, {last})
    where drawn % 23 = 0 order by user_id, movie_id
"""
_TWEETS = """
    select user_id || '::' || substr(tconst, 3) || '::' || round(opinion * 2)::integer || '::'
        || 1362062307 + (start_drawn % 300000000) + drawn % 3000000
    from opinions('movietweetings', 'followers', {first}, {last}) order by user_id, tconst
"""
_TWEETED = """
    select substr(tconst, 3) || '::' || title || ' (' || startYear || ')::'
        || coalesce(replace(imdb_genres, ',', '|'), '')
    from films where startYear is not null order by tconst
"""
_FOLLOWERS = """
    select user_id || '::' || 10000 + start_drawn % 3000000000 from followers order by user_id
"""


def generate(
    imdb: Path, out: Path, *, seed: int = 1, ratings: int = 8000, tweets: int = 2000
) -> dict[str, int]:
    """Writes the zip and the three `.dat` files into a folder.

    Args:
        imdb: a folder with the sample's title.basics and title.ratings.
        out: the folder, made if need be; files of the same names are replaced.
        seed: another seed, other people.
        ratings: about so many in the zip; films and users follow from it.
        tweets: about so many in MovieTweetings' ratings.dat.

    Returns:
        Records by file name, members of the zip as `zip!member`.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text(
        json.dumps({"ratings": ratings, "tweets": tweets, "seed": seed}), "utf-8"
    )
    with tempfile.TemporaryDirectory(dir=out, prefix=".sample-") as scratch:
        public = Public(imdb, Path(scratch), seed, max(ratings, tweets))
        counts = _write_release(public, out / f"{RELEASE}.zip", ratings)
        counts |= _write_tweets(public, out / "movietweetings", tweets)
        public.close()
    return counts


class Public:
    """Films and the users who rate them, in a scratch database that files are written from."""

    def __init__(self, imdb: Path, scratch: Path, seed: int, ratings: int) -> None:
        self.scratch = scratch
        self.connection = duckdb.connect(
            str(scratch / "public.duckdb"),
            config={"memory_limit": "2GB", "temp_directory": str(scratch / "spill"), "threads": 2},
        )
        self.connection.execute("set enable_progress_bar = false")
        film_count = min(MOST_FILMS, max(50, ratings // 20))
        for name, value in {**words.variables(), "seed": seed, "film_count": film_count}.items():
            self.connection.execute(f"set variable {name} = $value", {"value": value})
        for name, file in (("basics", "title.basics.tsv"), ("ratings_now", "title.ratings.tsv")):
            path = imdb / file if (imdb / file).exists() else imdb / f"{file}.gz"
            self.connection.execute(
                rf"""
                create view {name} as from read_csv(
                    '{path}', delim = '\t', quote = '', escape = '', nullstr = '\N',
                    header = true, all_varchar = true
                )
                """
            )
        self.connection.execute(SQL.read_text("utf-8"))
        self.film_count = self.count("films")

    def gather(self, name: str, purpose: str, ratings: int) -> None:
        """Makes the users who give about so many ratings, and how often they do."""
        users = max(8, -(-ratings // max(4, min(100, self.film_count // 6))))
        self.connection.execute(
            f"create table {name} as from audience('{purpose}', {users}) order by user_id"
        )
        self.connection.execute("set variable frequency = 1.0")
        # Nobody sees nearly everything, so the sum is not proportional: a few steps come close.
        for _ in range(6):
            [(expected,)] = self.connection.execute(
                f"""
                select avg(seen) * {users} from (
                    select sum(chance(activity, popularity, likes(taste, genres))) as seen
                    from (from {name} where user_id % {max(1, users // 4000)} = 0)
                    cross join films
                    group by user_id
                )
                """
            ).fetchall()
            self.connection.execute(
                "set variable frequency = getvariable('frequency') * $ratio",
                {"ratio": ratings / expected},
            )

    def slices(self, query: str, name: str) -> Iterator[bytes]:
        """Yields the CSV of a query on `{first}` to `{last}` user, some users at a time."""
        users, step = self.count(name), max(1, SLICE_PAIRS // self.film_count)
        for first in range(1, users + 1, step):
            yield self.text(query.format(first=first, last=first + step - 1))

    def text(self, query: str, quote: str = '"') -> bytes:
        """Returns the CSV of a query, without header; an empty quote writes values as they are."""
        path = self.scratch / "slice.csv"
        options = f"format csv, header false, quote '{quote}', escape '{quote}'"
        self.connection.execute(f"copy ({query}) to '{path}' ({options})")
        text = path.read_bytes()
        path.unlink()
        return text

    def count(self, name: str) -> int:
        [(count,)] = self.connection.execute(f"select count(*) from {name}").fetchall()
        return int(count)

    def close(self) -> None:
        self.connection.close()


def _write_release(public: Public, path: Path, ratings: int) -> dict[str, int]:
    public.gather("users", "movielens", ratings)
    tables: dict[str, tuple[str, Iterable[bytes]]] = {
        name: (header, [public.text(query)]) for name, (header, query) in _TABLES.items()
    }
    tables["ratings.csv"] = ("userId,movieId,rating,timestamp", public.slices(_RATINGS, "users"))
    tables["tags.csv"] = ("userId,movieId,tag,timestamp", public.slices(_TAGS, "users"))
    counts = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        _write_member(archive, "README.txt", [_README.encode()])
        for name, (header, texts) in tables.items():
            lines = _write_member(archive, name, [f"{header}\n".encode()], texts)
            counts[f"{path.name}!{RELEASE}/{name}"] = lines - 1
    return counts


def _write_member(archive: zipfile.ZipFile, name: str, *pieces: Iterable[bytes]) -> int:
    """Writes a member with CR LF at the lines' ends; how many lines."""
    count = 0
    with archive.open(f"{RELEASE}/{name}", "w", force_zip64=True) as member:
        for piece in chain(*pieces):
            count += piece.count(b"\n")
            member.write(piece.replace(b"\n", b"\r\n"))
    return count


def _write_tweets(public: Public, folder: Path, tweets: int) -> dict[str, int]:
    folder.mkdir(exist_ok=True)
    public.gather("followers", "movietweetings", tweets)
    files: dict[str, Iterable[bytes]] = {
        "ratings.dat": (
            public.text(_TWEETS.format(first=first, last=first + 9999), quote="")
            for first in range(1, public.count("followers") + 1, 10_000)
        ),
        "movies.dat": [public.text(_TWEETED, quote="")],
        "users.dat": [public.text(_FOLLOWERS, quote="")],
    }
    counts = {}
    for name, texts in files.items():
        lines = 0
        with (folder / name).open("wb") as stream:
            for text in texts:
                stream.write(text)
                lines += text.count(b"\n")
        counts[f"{folder.name}/{name}"] = lines
    return counts
