"""User ratings: MovieLens releases, zipped or unpacked, and MovieTweetings.

MovieLens' CSV (https://files.grouplens.org/datasets/movielens/ml-32m-README.html) numbers titles in
its own way and links them to IMDb's ids; MovieTweetings (https://github.com/sidooms/MovieTweetings)
rates IMDb's ids. User ids differ between any two releases, so a location has one of each at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import duckdb

from ingest import decode, rejects, tabular, zipped
from ingest.catalog import Table, columns
from ingest.dialect import COLONS, CSV, Dialect
from ingest.errors import SourceChangedError
from ingest.parts import Arrived, FileLoad, Parts
from ingest.source import Source
from ingest.tabular import Kept

MOVIELENS, MOVIETWEETINGS = "movielens", "movietweetings"
_NO_GENRES = "(no genres listed)"
# A film has "(1999)", a series its first and last year, parted by a hyphen or a dash.
_YEAR = r"^(.*?)\s*\(([0-9]{4})(?:[-\x{2013}]\s*(?:[0-9]{4})?)?\)\s*$"


@dataclass(frozen=True, slots=True)
class Format:
    """How one file is written, and what the lake keeps of it."""

    table: Table
    kept: Kept


def _titles(key: str) -> dict[str, str]:
    """SQL of a title's columns: the year behind it is a column of its own."""
    return {
        "source_title_id": f'"{key}"',
        "title": rf"nullif(case when regexp_matches(title, '{_YEAR}')"
        rf" then regexp_extract(title, '{_YEAR}', 1) else trim(title) end, '')",
        "release_year": rf"cast(nullif(regexp_extract(title, '{_YEAR}', 2), '') as smallint)",
        "genres": f"list_filter(string_split(nullif(genres, '{_NO_GENRES}'), '|'), "
        "lambda genre: genre <> '')",
    }


def _format(
    source: str, name: str, fields: str, key: str, kept: dict[str, str], proof: str
) -> Format:
    table = Table(name, columns(fields), key=tuple(key.split()))
    return Format(table, Kept({"source": f"'{source}'", **kept}, tuple(proof.split())))


def _ratings(source: str, form: str, title: str, scale: str) -> Format:
    kept = {
        "user_id": '"userId"',
        "source_title_id": '"movieId"',
        "rating_original": "rating",
        "rating_scale": f"'{scale}'",
        "rated_at": '"timestamp"',
    }
    fields = f"userId:long! movieId:{title}! rating:{form}! timestamp:epoch!"
    # The users of a film stand closer together than the films of a user.
    return _format(source, "ratings", fields, "userId movieId", kept, "source_title_id user_id")


_FORMATS = {
    MOVIELENS: {
        "ratings": _ratings(MOVIELENS, "half_stars", "long", "0.5-5"),
        "tags": _format(
            MOVIELENS,
            "tags",
            "userId:long! movieId:long! tag:text! timestamp:epoch!",
            "userId movieId tag",
            {
                "user_id": '"userId"',
                "source_title_id": '"movieId"',
                "tag": "tag",
                "tagged_at": '"timestamp"',
            },
            "user_id source_title_id tag",
        ),
        "movies": _format(
            MOVIELENS,
            "titles",
            "movieId:long! title:text genres:text",
            "movieId",
            _titles("movieId"),
            "source_title_id",
        ),
        "links": _format(
            MOVIELENS,
            "links",
            "movieId:long! imdbId:title_number tmdbId:long",
            "movieId",
            {
                "source_title_id": '"movieId"',
                "imdb_title_id": '"imdbId"',
                "tmdb_id": '"tmdbId"',
            },
            "source_title_id",
        ),
    },
    MOVIETWEETINGS: {
        "ratings": _ratings(MOVIETWEETINGS, "ten_stars", "title_number", "0-10"),
        "movies": _format(
            MOVIETWEETINGS,
            "titles",
            "movieId:title_number! title:text genres:text",
            "movieId",
            _titles("movieId"),
            "source_title_id",
        ),
    },
}
_CSV = ("ratings.csv", "movies.csv", "links.csv", "tags.csv")
_DAT = ("ratings.dat", "movies.dat", "tags.dat")
# Known, and not read: who the users are on another service, or what their age is.
_LEFT = ("users.dat",)


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a release: a landed file, or a member of a landed archive."""

    arrived: Arrived
    source: Source
    path: str
    left: list[str]

    @property
    def file(self) -> str:
        """Its own name, whatever folders it is in, and gzipped or not."""
        return PurePosixPath(self.path).name.removesuffix(".gz")

    @property
    def shown(self) -> str:
        """How the ledger calls it."""
        is_member = self.path != self.arrived.name
        return f"{self.arrived.name}!{self.path}" if is_member else self.path

    @property
    def release(self) -> str:
        """What it belongs to: an archive or a folder."""
        is_member = self.path != self.arrived.name
        return self.arrived.name if is_member else str(PurePosixPath(self.path).parent)

    @property
    def publisher(self) -> str:
        """MovieLens' folders and archives are called `ml-…`; until 2009 it, too, wrote `.dat`."""
        names = [*PurePosixPath(self.arrived.name).parts, *PurePosixPath(self.path).parts]
        is_movielens = self.file in _CSV or any(name.startswith("ml-") for name in names)
        return MOVIELENS if is_movielens else MOVIETWEETINGS

    @property
    def dialect(self) -> Dialect:
        """CSV, or fields between two colons."""
        return CSV if self.file in _CSV else COLONS


def load(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Arrived], parts: Parts
) -> list[FileLoad]:
    """Load every file of the location.

    Raises:
        SourceChangedError: a file of no known format, or two releases of one publisher.
        SourceDamagedError: an archive or a text that is not whole.
    """
    found = [part for arrived in files for part in _parts(arrived)]
    for publisher in (MOVIELENS, MOVIETWEETINGS):
        _check([part for part in found if part.publisher == publisher], files)
    return [_load(connection, part, parts.new()) for part in found]


def _parts(arrived: Arrived) -> list[Part]:
    if PurePosixPath(arrived.name).suffix == ".zip":
        members, left = zipped.members(arrived.path, {*_CSV, *_DAT}, name=arrived.name)
        if not members:
            raise SourceChangedError(
                arrived.name,
                f"it holds none of {', '.join((*_CSV, *_DAT))}, but {', '.join(left)[:300]}",
                "Releases from ml-latest-small to ml-32m are read",
            )
        unread = [one for one in left if not PurePosixPath(one).name.startswith("README")]
        return [
            Part(arrived, one, one.name, [] if number else unread)
            for number, one in enumerate(members)
        ]
    file = PurePosixPath(arrived.name).name.removesuffix(".gz")
    if file in _LEFT:
        return []
    if file not in (*_CSV, *_DAT):
        raise SourceChangedError(
            arrived.name, "a file of no known format", f"Known are {', '.join((*_CSV, *_DAT))}"
        )
    return [Part(arrived, arrived.path, arrived.name, [])]


def _check(found: Sequence[Part], files: Sequence[Arrived]) -> None:
    """SourceChangedError unless these are of one release, with its ratings."""
    releases = sorted({part.release for part in found})
    if len(releases) > 1:
        raise SourceChangedError(
            files[0].name,
            f"two releases in one location: {', '.join(releases)[:300]}",
            "User ids of two releases have nothing to do with one another: point the feed at one",
        )
    if found and not any(part.file.startswith("ratings.") for part in found):
        raise SourceChangedError(
            releases[0], "it has no ratings", "Put ratings.csv or ratings.dat beside the others"
        )


def _load(connection: duckdb.DuckDBPyConnection, part: Part, folder: Path) -> FileLoad:
    form = _FORMATS[part.publisher].get(PurePosixPath(part.file).stem)
    if form is None:
        raise SourceChangedError(
            part.shown, "MovieTweetings has no such file", "Name MovieLens' folder as it was: ml-…"
        )
    text = decode.measure(part.source, name=part.shown, dialect=part.dialect)
    loaded = tabular.load(
        connection,
        form.table,
        part.source,
        text,
        folder,
        source_file=part.shown,
        dialect=part.dialect,
        kept=form.kept,
    )
    if loaded.rejected_count and part.publisher == MOVIELENS and part.dialect == COLONS:
        _refuse_latin_1(connection, rejects.path(folder, form.table.name), part)
    return FileLoad(
        table=form.table.name,
        received_count=loaded.received_count,
        loaded_count=loaded.loaded_count,
        rejected_count=loaded.rejected_count,
        duplicate_count=loaded.duplicate_count,
        file=part.arrived.name,
        source_file=part.shown,
        warnings=_warnings(part, loaded),
    )


def _refuse_latin_1(connection: duckdb.DuckDBPyConnection, ledger: Path, part: Part) -> None:
    [(count,)] = connection.execute(
        "select count(*) from read_parquet($1) where reason = 'not valid UTF-8'", [str(ledger)]
    ).fetchall()
    if count:
        raise SourceChangedError(
            part.shown,
            f"{count} of its lines are not UTF-8: MovieLens wrote Latin-1 until 2003",
            "Take a later release, or convert it: iconv -f latin1 -t utf-8",
        )


def _warnings(part: Part, loaded: tabular.Loaded) -> list[str]:
    warnings = [f"{part.shown}: {words}" for words in loaded.warnings]
    if loaded.extra_columns:
        warnings.append(f"{part.shown}: columns not read: {', '.join(loaded.extra_columns)[:300]}")
    if part.left:
        warnings.append(f"{part.arrived.name}: not read: {', '.join(part.left)[:300]}")
    return warnings
