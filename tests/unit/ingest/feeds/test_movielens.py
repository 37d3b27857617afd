"""User ratings: zips, folders and MovieTweetings' files; their traps, and what hostile ones do."""

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.catalog import MOVIELENS
from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.feeds import movielens
from ingest.parts import Arrived, FileLoad, Parts
from tests import shared

REAL = shared.DATA / "ratings" / "ml-latest-small.zip"
ZIP = "ml-tiny.zip"
RATING = "source, user_id, source_title_id, rating_original, rating_scale, rated_at::varchar"
TITLE = "source_title_id, title, release_year, genres"


@dataclass(frozen=True)
class Lake:
    """What load made of the files."""

    folder: Path
    loads: Sequence[FileLoad]

    def rows(self, table: str, columns: str = "*", rest: str = "") -> list[tuple[Any, ...]]:
        with duckdb.connect() as connection:
            return connection.execute(
                f"select {columns} from read_parquet($1) {rest} order by all",
                [str(self.folder / f"{table}.parquet")],
            ).fetchall()

    def rejects(self, table: str) -> list[tuple[Any, ...]]:
        """(line, column, reason) of each."""
        return self.rows(f"{table}.rejects", "line_number, column_name, reason")

    def counts(self, table: str) -> tuple[int, int, int, int]:
        mine = [one for one in self.loads if one.table == table]
        return (
            sum(one.received_count for one in mine),
            sum(one.loaded_count for one in mine),
            sum(one.rejected_count for one in mine),
            sum(one.duplicate_count for one in mine),
        )

    def warnings(self) -> list[str]:
        return [words for one in self.loads for words in one.warnings]


def load(folder: Path, files: Mapping[str, bytes | Path]) -> Lake:
    """Load those files, by name; every count is checked against what is there."""
    arrived = []
    for number, (name, content) in enumerate(files.items()):
        path = content if isinstance(content, Path) else folder / f"{number}-{Path(name).name}"
        if isinstance(content, bytes):
            path.write_bytes(content)
        arrived.append(Arrived(name, path))
    incoming = folder / "incoming"
    incoming.mkdir()
    with duckdb.connect(config={"preserve_insertion_order": False, "threads": 2}) as connection:
        parts = Parts(connection, MOVIELENS, incoming)
        loads = movielens.load(connection, arrived, parts)
        parts.join()
    lake = Lake(incoming, loads)
    for table in MOVIELENS.tables:
        received, loaded, rejected, _ = lake.counts(table.name)
        assert received == loaded + rejected
        assert loaded == len(lake.rows(table.name))
        assert rejected == len(lake.rejects(table.name))
    return lake


def lines(*texts: str, end: str = "\r\n") -> bytes:
    return "".join(f"{text}{end}" for text in texts).encode()


def ratings(*texts: str, end: str = "\r\n") -> bytes:
    return lines("userId,movieId,rating,timestamp", *texts, end=end)


def movies(*texts: str) -> bytes:
    return lines("movieId,title,genres", *texts)


def links(*texts: str) -> bytes:
    return lines("movieId,imdbId,tmdbId", *texts)


def tags(*texts: str) -> bytes:
    return lines("userId,movieId,tag,timestamp", *texts)


SOUND = {
    "ratings.csv": ratings("1,7,4.0,964982703", "1,9,0.5,964982703", "2,7,5.0,0"),
    "movies.csv": movies('7,"Lamp, The (1931)",Drama|Western', "9,Kite (1999),Drama"),
    "links.csv": links("7,0000007,862", "9,12345678,"),
    "tags.csv": tags("1,7,quiet,964982703"),
}


def packed(files: Mapping[str, bytes], folder: str = "ml-tiny/") -> bytes:
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{folder}{name}", content)
    return text.getvalue()


def one(folder: Path, **members: bytes) -> Lake:
    """A sound release but for those members, as in `ratings=…`."""
    return load(folder, {ZIP: packed(SOUND | {f"{k}.csv": text for k, text in members.items()})})


def test_no_files_are_no_rows(tmp_path: Path) -> None:
    assert load(tmp_path, {}).loads == []


def test_a_release_has_ratings_tags_titles_and_links(tmp_path: Path) -> None:
    lake = one(tmp_path)
    at = "2000-07-30 18:45:03"
    assert lake.rows("ratings", RATING) == [
        ("movielens", 1, 7, Decimal("4.0"), "0.5-5", at),
        ("movielens", 1, 9, Decimal("0.5"), "0.5-5", at),
        ("movielens", 2, 7, Decimal("5.0"), "0.5-5", "1970-01-01 00:00:00"),
    ]
    assert lake.rows("tags", "source, user_id, source_title_id, tag, tagged_at::varchar") == [
        ("movielens", 1, 7, "quiet", at)
    ]
    assert lake.rows("titles", TITLE) == [
        (7, "Lamp, The", 1931, ["Drama", "Western"]),
        (9, "Kite", 1999, ["Drama"]),
    ]
    assert lake.rows("links") == [("movielens", 7, 7, 862), ("movielens", 9, 12345678, None)]
    assert {one.source_file for one in lake.loads} == {f"{ZIP}!ml-tiny/{name}" for name in SOUND}
    assert lake.warnings() == []


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("folder", ["", "ml-tiny/", "deep/below/ml-tiny/"])
def test_zip_and_folder_line_ends_and_depth_make_the_same_lake(
    tmp_path: Path, folder: str, end: str
) -> None:
    files = {name: text.replace(b"\r\n", end.encode()) for name, text in SOUND.items()}
    for name in ("zip", "folder", "plain"):
        (tmp_path / name).mkdir()
    plain = one(tmp_path / "plain")
    zipped = load(tmp_path / "zip", {ZIP: packed(files, folder)})
    unpacked = load(tmp_path / "folder", {f"{folder}{name}": files[name] for name in files})
    for table in MOVIELENS.tables:
        assert zipped.rows(table.name) == unpacked.rows(table.name) == plain.rows(table.name)


def test_every_half_star_is_a_rating_and_nothing_else(tmp_path: Path) -> None:
    good = [f"{number},7,{number / 2},1" for number in range(1, 11)]
    bad = ["0.0", "0", "5.5", "6", "-1.0", "3.7", "4.25", "4.00", "", "NaN", "1e0", " 4", "4,0"]
    lake = one(
        tmp_path, ratings=ratings(*good, *(f"{20 + n},7,{text},1" for n, text in enumerate(bad)))
    )
    assert lake.rows("ratings", "user_id, rating_original") == [
        (number, Decimal(number) / 2) for number in range(1, 11)
    ]
    reasons = {line: reason for line, _, reason in lake.rejects("ratings")}
    assert sorted(reasons) == list(range(12, 12 + len(bad)))
    assert reasons.pop(20) == "no value"
    assert reasons.pop(24) == "5 fields, expected 4"
    assert set(reasons.values()) == {"not a rating from 0.5 to 5 in halves"}


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("x,7,4.0,1", "userId", "not a whole number of at most eighteen digits"),
        (",7,4.0,1", "userId", "no value"),
        ("3,-7,4.0,1", "movieId", "not a whole number of at most eighteen digits"),
        ("3,7,4.0,1.5", "timestamp", "not seconds since 1970"),
        ("3,7,4.0,-1", "timestamp", "not seconds since 1970"),
        ("3,7,4.0,99999999999", "timestamp", "not seconds since 1970"),
        ("3,7,4.0", None, "3 fields, expected 4"),
        ('3,"7,4.0,1', None, "a quote is out of place, or never closes"),
        ("", None, "a blank line"),
    ],
)
def test_a_bad_line_is_rejected_alone_with_its_place_and_reason(
    tmp_path: Path, line: str, column: str | None, reason: str
) -> None:
    lake = one(tmp_path, ratings=ratings("1,7,4.0,1", line, "2,7,3.5,1"))
    assert lake.rejects("ratings") == [(3, column, reason)]
    assert lake.rows("ratings.rejects", "raw_line, source_file") == [
        (line.encode() + b"\r", f"{ZIP}!ml-tiny/ratings.csv")
    ]
    assert [user for (user,) in lake.rows("ratings", "user_id")] == [1, 2]


def test_a_second_rating_of_a_title_is_a_duplicate(tmp_path: Path) -> None:
    lake = one(tmp_path, ratings=ratings("1,7,4.0,1", "1,7,2.0,2", "1,7,4.0,1", "2,7,4.0,1"))
    assert lake.counts("ratings") == (4, 2, 2, 2)
    assert [(line, column) for line, column, _ in lake.rejects("ratings")] == [
        (3, "userId, movieId"), (4, "userId, movieId"),
    ]  # fmt: skip
    assert lake.rows("ratings", "user_id, rating_original") == [(1, Decimal(4)), (2, Decimal(4))]


def test_a_user_may_tag_a_title_with_several_words_but_once_each(tmp_path: Path) -> None:
    text = tags('1,7,"sad, slow",1', '1,7,"the ""end""",1', "1,7,Sad,1", "1,7,Sad,2", "1,7,,3")
    lake = one(tmp_path, tags=text)
    assert [tag for (tag,) in lake.rows("tags", "tag")] == ["Sad", "sad, slow", 'the "end"']
    assert [(line, column) for line, column, _ in lake.rejects("tags")] == [
        (5, "userId, movieId, tag"), (6, "tag"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        ('"Lamp, The (1931)"', "Lamp, The", 1931),
        ('"Lamp, The (Lampe, Die) (1931)"', "Lamp, The (Lampe, Die)", 1931),
        ('"The ""Lamp"" (1931)"', 'The "Lamp"', 1931),
        ("Lamp (1931) ", "Lamp", 1931),
        ("Lamp (2006\u20132007)", "Lamp", 2006),
        ("Lamp (2006-)", "Lamp", 2006),
        ("Lamp (2006\u2013 )", "Lamp", 2006),
        ("2001 (1968)", "2001", 1968),
        ("Lamp (1931) again", "Lamp (1931) again", None),
        ("Lamp", "Lamp", None),
        ("(1931)", None, 1931),
        ("", None, None),
    ],
)
def test_the_year_behind_a_title_is_a_column_of_its_own(
    tmp_path: Path, text: str, title: str | None, year: int | None
) -> None:
    lake = one(tmp_path, movies=movies(f"7,{text},Drama"))
    assert lake.rows("titles", TITLE) == [(7, title, year, ["Drama"])]


def test_no_genres_are_no_list(tmp_path: Path) -> None:
    lake = one(tmp_path, movies=movies("7,Lamp,(no genres listed)", "8,Lamp,", "9,Lamp,IMAX"))
    assert lake.rows("titles", "source_title_id, genres") == [(7, None), (8, None), (9, ["IMAX"])]


def test_a_link_may_lack_either_id_but_not_have_a_false_one(tmp_path: Path) -> None:
    lake = one(tmp_path, links=links("7,0000007,", "8,,862", "9,7,1", "10,tt0000007,1", "11,,x"))
    assert lake.rows("links", "* exclude (source)") == [(7, 7, None), (8, None, 862)]
    assert [(line, column) for line, column, _ in lake.rejects("links")] == [
        (4, "imdbId"), (5, "imdbId"), (6, "tmdbId"),
    ]  # fmt: skip


def test_letters_that_are_no_utf_8_cost_their_line_alone(tmp_path: Path) -> None:
    lake = one(
        tmp_path, movies=movies("7,Caf\u00e9,Drama", "8,Kite,Drama") + b"9,Caf\xe9,Drama\r\n"
    )
    assert lake.rows("titles", "title") == [("Caf\u00e9",), ("Kite",)]
    assert lake.rejects("titles") == [(4, None, "not valid UTF-8")]


def test_what_is_beside_the_four_files_is_named_not_read(tmp_path: Path) -> None:
    others = {"README.txt": b"", "genome-scores.csv": b"movieId\n", "genome-tags.csv": b"tagId\n"}
    lake = load(tmp_path, {ZIP: packed(SOUND | others)})
    assert lake.warnings() == [
        f"{ZIP}: not read: ml-tiny/genome-scores.csv, ml-tiny/genome-tags.csv"
    ]


def test_movietweetings_rates_imdbs_ids_from_0_to_10(tmp_path: Path) -> None:
    files = {
        "latest/ratings.dat": lines(
            "1::0000007::0::1362062307", "1::12345678::10::1362062307", "2::0000007::11::1",
            "2::7::5::1", "2::0000007::7.5::1", "1::0000007::3::9", end="\n",
        ),
        "latest/movies.dat": lines(
            "0000007::Lamp: The End (1931)::Drama|Short", "12345678::Kite (1999)::", end="\n"
        ),
        "latest/users.dat": lines("1::177651718", end="\n"),
    }  # fmt: skip
    lake = load(tmp_path, files)
    at = "2013-02-28 14:38:27"
    assert lake.rows("ratings", RATING) == [
        ("movietweetings", 1, 7, Decimal(0), "0-10", at),
        ("movietweetings", 1, 12345678, Decimal(10), "0-10", at),
    ]
    assert [(line, column) for line, column, _ in lake.rejects("ratings")] == [
        (3, "rating"), (4, "movieId"), (5, "rating"), (6, "userId, movieId"),
    ]  # fmt: skip
    assert lake.rows("titles", TITLE) == [
        (7, "Lamp: The End", 1931, ["Drama", "Short"]),
        (12345678, "Kite", 1999, None),
    ]


def test_one_release_of_each_publisher_may_stand_in_one_location(tmp_path: Path) -> None:
    tweeted = lines("1::0000007::7::1", end="\n")
    lake = load(tmp_path, {ZIP: packed(SOUND), "tweets/ratings.dat": tweeted})
    sources = lake.rows("ratings", "source, count(*)", "group by source")
    assert sources == [("movielens", 3), ("movietweetings", 1)]


def test_an_early_release_has_colons_and_numbers_of_its_own(tmp_path: Path) -> None:
    files = {
        "ratings.dat": lines("1::7::5::978300760", end="\n"),
        "movies.dat": lines("7::Lamp, The (1931)::Drama", end="\n"),
    }
    lake = load(tmp_path, {"ml-1m.zip": packed(files, "ml-1m/")})
    assert lake.rows("ratings", "source, source_title_id, rating_scale") == [
        ("movielens", 7, "0.5-5")
    ]
    (tmp_path / "latin").mkdir()
    latin = files | {"movies.dat": b"7::Caf\xe9 (1931)::Drama\n"}
    with pytest.raises(SourceChangedError, match="Latin-1 until 2003"):
        load(tmp_path / "latin", {"ml-1m.zip": packed(latin, "ml-1m/")})


@pytest.mark.parametrize(
    "files",
    [
        {ZIP: packed(SOUND), "ml-small.zip": packed(SOUND)},
        {ZIP: packed(SOUND), "ratings.csv": SOUND["ratings.csv"]},
        {"ml-a/ratings.csv": SOUND["ratings.csv"], "ml-b/ratings.csv": SOUND["ratings.csv"]},
        {"a/ratings.dat": b"1::0000007::7::1\n", "b/ratings.dat": b"1::0000007::7::1\n"},
    ],
)
def test_two_releases_of_one_publisher_are_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    with pytest.raises(SourceChangedError, match="two releases in one location"):
        load(tmp_path, files)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"movies.csv": SOUND["movies.csv"]}, "it has no ratings"),
        ({"ratings.txt": b"1"}, "a file of no known format"),
        ({ZIP: packed({"u.data": b"1\t7\t4\t1\n"})}, "it holds none of ratings.csv"),
        ({"ratings.csv": b"userId,movieId,timestamp\n1,7,1\n"}, "its header lacks rating"),
        (
            {"ratings.dat": b"1::0000007::7::1\n", "tags.dat": b"1::0000007::sad::1\n"},
            "MovieTweetings has no such file",
        ),
    ],
)
def test_what_is_no_release_says_so(tmp_path: Path, files: dict[str, bytes], reason: str) -> None:
    with pytest.raises(SourceChangedError, match=reason):
        load(tmp_path, files)


def test_columns_are_found_by_name_and_others_are_named(tmp_path: Path) -> None:
    text = lines("timestamp,mood,rating,movieId,userId", "964982703,glad,4.5,7,1")
    lake = one(tmp_path, ratings=text)
    assert lake.rows("ratings", "user_id, source_title_id, rating_original") == [
        (1, 7, Decimal("4.5"))
    ]
    assert lake.warnings() == [f"{ZIP}!ml-tiny/ratings.csv: columns not read: mood"]


def test_an_archive_that_leads_outside_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceDamagedError, match="outside the archive"):
        load(tmp_path, {ZIP: packed(SOUND | {"../../escaped/ratings.csv": b"x"})})
    assert not list(tmp_path.parent.rglob("escaped"))


def test_a_bomb_is_refused_unread(tmp_path: Path) -> None:
    bomb = packed(SOUND | {"ratings.csv": b"userId,movieId,rating,timestamp\n" + b"1" * (64 << 20)})
    assert len(bomb) < 100_000
    with pytest.raises(SourceDamagedError, match="200 times its size"):
        load(tmp_path, {ZIP: bomb})


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_zip_cut_short_is_damage(tmp_path: Path, share: float) -> None:
    whole = packed(SOUND)
    with pytest.raises(SourceDamagedError, match="not a whole zip archive"):
        load(tmp_path, {ZIP: whole[: int(share * len(whole))]})


def test_an_altered_byte_is_damage(tmp_path: Path) -> None:
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("ml-tiny/ratings.csv", SOUND["ratings.csv"])
    altered = text.getvalue().replace(b"1,7,4.0", b"1,7,3.0")
    with pytest.raises(SourceDamagedError, match="checksum is wrong"):
        load(tmp_path, {ZIP: altered})


def test_texts_may_be_gzipped(tmp_path: Path) -> None:
    plain, packed = (tmp_path / name for name in ("plain", "packed"))
    for folder in (plain, packed):
        folder.mkdir()
    files = {f"ml-tiny/{name}": text for name, text in SOUND.items()}
    as_is = load(plain, files)
    gzipped = load(packed, {f"{name}.gz": gzip.compress(text) for name, text in files.items()})
    for table in MOVIELENS.tables:
        assert as_is.counts(table.name) == gzipped.counts(table.name)


@shared.needed
def test_the_real_release_loads_whole(tmp_path: Path) -> None:
    lake = load(tmp_path, {"ml-latest-small.zip": REAL})
    assert {table.name: lake.counts(table.name) for table in MOVIELENS.tables} == {
        "ratings": (100_836, 100_836, 0, 0),
        "tags": (3_683, 3_683, 0, 0),
        "titles": (9_742, 9_742, 0, 0),
        "links": (9_742, 9_742, 0, 0),
    }
    assert lake.warnings() == []
    facts = "count(distinct user_id), round(avg(rating_original), 3), max(rated_at)::date::varchar"
    assert lake.rows("ratings", facts) == [(610, 3.502, "2018-09-24")]
    no_year = lake.rows("titles", "count(*)", "where release_year is null")
    assert no_year == [(12,)]  # as Babylon 5, of which MovieLens gives none
    assert lake.rows("links", "count(*)", "where tmdb_id is null") == [(8,)]
