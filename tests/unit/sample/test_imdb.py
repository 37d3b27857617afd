"""The invented dumps keep IMDb's formats, shares and oddities, and are the same every time."""

import gzip
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from sample import damage, imdb

SCALE = 0.002


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("first_night")
    imdb.generate(out, scale=SCALE, plain=True)
    return out


@pytest.fixture(scope="module")
def second_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("second_night")
    imdb.generate(out, scale=SCALE, night=1, plain=True)
    return out


@pytest.fixture(scope="module")
def dumps(first_night: Path, second_night: Path) -> duckdb.DuckDBPyConnection:
    """The files as text tables; those of the second night under the name with `_later`."""
    connection = duckdb.connect()
    for folder, suffix in ((first_night, ""), (second_night, "_later")):
        for file, header in imdb.HEADERS.items():
            columns = dict.fromkeys(header.split(), "VARCHAR")
            nulled = ", ".join(rf"nullif({name}, '\N') as {name}" for name in columns)
            connection.execute(
                rf"""
                create table {file.replace(".", "_")}{suffix} as
                select {nulled}
                from read_csv(
                    '{folder}/{file}.tsv', auto_detect = false, header = true,
                    columns = {columns}, delim = '\t', quote = '', escape = '', comment = '',
                    nullstr = '~~never~~', strict_mode = true, max_line_size = 4194304
                )
                """
            )
    return connection


def number(dumps: duckdb.DuckDBPyConnection, query: str) -> float:
    row = dumps.execute(query).fetchone()
    assert row is not None
    return float(row[0])


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.tsv*")}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("once", "again"):
        imdb.generate(tmp_path / name, scale=0.0005)

    assert len(hashes(tmp_path / "once")) == 7
    assert hashes(tmp_path / "once") == hashes(tmp_path / "again")


def test_threads_and_slices_do_not_show(
    tmp_path: Path, first_night: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imdb, "WORKERS", 1)
    monkeypatch.setattr(imdb, "SLICE", dict.fromkeys(imdb.SLICE, 9_999))

    imdb.generate(tmp_path, scale=SCALE, plain=True)

    assert hashes(tmp_path) == hashes(first_night)


def test_another_seed_gives_another_world(tmp_path: Path, first_night: Path) -> None:
    imdb.generate(tmp_path, scale=SCALE, seed=2, plain=True)

    assert not set(hashes(tmp_path).values()) & set(hashes(first_night).values())


def test_compressed_dumps_hold_the_plain_text_and_no_time(
    tmp_path: Path, first_night: Path
) -> None:
    imdb.generate(tmp_path, scale=SCALE)

    for path in first_night.glob("*.tsv"):
        packed = (tmp_path / f"{path.name}.gz").read_bytes()
        assert gzip.decompress(packed) == path.read_bytes()
        assert packed[4:8] == bytes(4)


def test_only_the_dumps_and_their_mark_are_left(first_night: Path) -> None:
    dumps = {f"{file}.tsv" for file in imdb.FULL_SIZE}
    assert {path.name for path in first_night.iterdir()} == {*dumps, imdb.MARK}


@pytest.mark.parametrize("file", imdb.HEADERS)
def test_header_and_fields_are_the_publishers(first_night: Path, file: str) -> None:
    lines = (first_night / f"{file}.tsv").read_bytes().split(b"\n")

    assert lines[0] == imdb.HEADERS[file].replace(" ", "\t").encode()
    assert lines[-1] == b""
    assert {line.count(b"\t") for line in lines[:-1]} == {len(imdb.HEADERS[file].split()) - 1}
    assert not any(b"\r" in line for line in lines)
    assert all(field for line in lines[:-1] for field in line.split(b"\t"))


@pytest.mark.parametrize("scale", [0.0005, 0.002])
def test_row_counts_follow_the_scale(tmp_path: Path, scale: float) -> None:
    counts = imdb.generate(tmp_path, scale=scale, plain=True)

    for file, full in imdb.FULL_SIZE.items():
        lines = (tmp_path / f"{file}.tsv").read_bytes().count(b"\n") - 1
        assert counts[f"{file}.tsv"] == lines
        # people come in troupes of twenty, and the least titles that basics may lack are three
        assert abs(lines - full * scale) <= 20, file


@pytest.mark.parametrize("scale", [0.0, 0.0001, 1.5])
def test_a_scale_beyond_the_ids_is_refused(tmp_path: Path, scale: float) -> None:
    with pytest.raises(ValueError, match="scale must be"):
        imdb.generate(tmp_path, scale=scale)


def test_a_night_beyond_the_story_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="night must be"):
        imdb.generate(tmp_path, scale=SCALE, night=imdb.NIGHTS + 1)


@pytest.mark.parametrize(
    ("table", "column", "share", "tolerance"),
    [
        ("name_basics", "birthYear", 0.956, 0.01),
        ("title_basics", "runtimeMinutes", 0.641, 0.02),
        ("title_basics", "startYear", 0.118, 0.02),
        ("title_basics", "genres", 0.043, 0.01),
        ("title_principals", "job", 0.81, 0.02),
        ("title_principals", "characters", 0.51, 0.03),
        ("title_akas", "region", 0.22, 0.01),
        ("title_akas", "language", 0.33, 0.02),
    ],
)
def test_null_shares(
    dumps: duckdb.DuckDBPyConnection, table: str, column: str, share: float, tolerance: float
) -> None:
    produced = number(dumps, f"select avg(({column} is null)::integer) from {table}")

    assert produced == pytest.approx(share, abs=tolerance)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("title_basics", "tconst"),
        ("title_akas", "(titleId, ordering)"),
        ("title_crew", "tconst"),
        ("title_episode", "tconst"),
        ("title_principals", "(tconst, ordering)"),
        ("title_ratings", "tconst"),
        ("name_basics", "nconst"),
    ],
)
def test_keys_are_unique(dumps: duckdb.DuckDBPyConnection, table: str, key: str) -> None:
    assert number(dumps, f"select count(*) - count(distinct {key}) from {table}") == 0
    assert number(dumps, f"select count(*) - count(distinct {key}) from {table}_later") == 0


@pytest.mark.parametrize("file", imdb.HEADERS)
def test_lines_are_in_the_text_order_of_their_ids(first_night: Path, file: str) -> None:
    lines = (first_night / f"{file}.tsv").read_bytes().split(b"\n")[1:-1]
    ids = [line.split(b"\t")[0] for line in lines]

    assert ids == sorted(ids)


def test_ids_have_seven_and_eight_digits(dumps: duckdb.DuckDBPyConnection) -> None:
    for table, column, issuer in (
        ("title_basics", "tconst", "tt"),
        ("name_basics", "nconst", "nm"),
    ):
        shapes = dumps.execute(
            f"select distinct regexp_replace({column}, '[0-9]', '9', 'g') from {table} order by 1"
        ).fetchall()
        assert shapes == [(issuer + "9" * 7,), (issuer + "9" * 8,)]
        padded = f"select count(*) from {table} where {column} ~ '{issuer}0[0-9]{{7}}'"
        assert number(dumps, padded) == 0


@pytest.mark.parametrize(
    ("query", "least"),
    [
        ("select count(distinct titleType) from title_basics", 10),
        ("select count(distinct category) from title_principals", 13),
        (
            "select len(list_distinct(flatten(list(string_split(genres, ','))))) from title_basics",
            28,
        ),
        (
            "select len(list_distinct(flatten(list(string_split(primaryProfession, ',')))))"
            " from name_basics",
            46,
        ),
        ("select count(distinct region) from title_akas", 245),
        ("select count(distinct language) from title_akas", 105),
        ("select max(len(string_split(genres, ','))) from title_basics", 3),
        ("select max(len(string_split(knownForTitles, ','))) from name_basics", 4),
        ("select max(length(job)) from title_principals", 256),
        ("select count(*) from title_akas where contains(types, chr(2))", 1),
        ("select count(*) from title_akas where contains(attributes, chr(2))", 1),
        ("select count(*) from title_akas where region = 'NA'", 1),
        ("select count(*) from title_basics where isAdult = '1'", 1),
        ("select count(*) from title_basics where startYear > '2026'", 1),
        ("select count(*) from title_basics where endYear is not null", 1),
        ("select count(*) from title_basics where primaryTitle like 'Episode #%.%'", 100),
        ("select count(*) from title_basics where len(string_split(primaryTitle, chr(34))) = 2", 1),
        (
            "select count(*) from title_principals where contains(characters, chr(92) || chr(34))",
            1,
        ),
        ("select count(*) from title_principals where json_array_length(characters) > 1", 1),
        ("select max(len(string_split(writers, ','))) from title_crew", 9),
        ("select max(numVotes::integer) from title_ratings", 100_000),
    ],
)
def test_what_real_dumps_hold_is_there(
    dumps: duckdb.DuckDBPyConnection, query: str, least: int
) -> None:
    assert number(dumps, query) >= least


def test_characters_are_json(dumps: duckdb.DuckDBPyConnection) -> None:
    broken = "select count(*) from title_principals where not json_valid(characters)"

    assert number(dumps, broken) == 0


def test_votes_have_a_long_tail(dumps: duckdb.DuckDBPyConnection) -> None:
    median = number(dumps, "select median(numVotes::integer) from title_ratings")
    mean = number(dumps, "select avg(numVotes::integer) from title_ratings")

    assert 15 <= median <= 40
    assert mean > 10 * median


def test_few_people_hold_many_credits(dumps: duckdb.DuckDBPyConnection) -> None:
    share = number(
        dumps,
        """
        with people as (select count(*) as credits from title_principals group by nconst)
        select sum(credits) filter (credits >= 50) / sum(credits) from people
        """,
    )

    assert 0.1 < share < 0.6


@pytest.mark.parametrize("suffix", ["", "_later"])
@pytest.mark.parametrize(
    "query",
    [
        "from title_ratings{0} anti join title_basics{0} using (tconst)",
        "from title_basics{0} anti join title_crew{0} using (tconst)",
        "from title_akas{0} as akas anti join title_basics{0} on tconst = titleId",
        "from title_episode{0} anti join title_crew{0} using (tconst)",
        """
        from title_basics{0} anti join title_episode{0} using (tconst)
        where titleType = 'tvEpisode'
        """,
        """
        from title_episode{0} as episodes
        inner join title_basics{0} as series on series.tconst = episodes.parentTconst
        where series.titleType not in ('tvSeries', 'tvMiniSeries')
        """,
    ],
)
def test_nothing_refers_to_the_wrong_thing(
    dumps: duckdb.DuckDBPyConnection, query: str, suffix: str
) -> None:
    assert number(dumps, "select count(*) " + query.format(suffix)) == 0


@pytest.mark.parametrize(
    "query",
    [
        "from title_crew anti join title_basics using (tconst)",
        "from title_principals anti join title_basics using (tconst)",
        "from title_principals anti join name_basics using (nconst)",
        "from title_episode anti join title_basics as series on series.tconst = parentTconst",
    ],
)
def test_there_are_orphans_but_few(dumps: duckdb.DuckDBPyConnection, query: str) -> None:
    table = query.split()[1]

    orphans = number(dumps, f"select count(*) {query}")
    assert 0 < orphans < number(dumps, f"select count(*) / 100 from {table}")


def test_crew_and_principals_overlap_in_part(dumps: duckdb.DuckDBPyConnection) -> None:
    dumps.execute(
        """
        create or replace temp view crew as
        select distinct tconst, unnest(string_split(directors, ',')) as nconst from title_crew;
        create or replace temp view principals as
        select distinct tconst, nconst from title_principals where category = 'director';
        """
    )

    for query in (
        "from crew semi join principals using (tconst, nconst)",
        "from crew anti join principals using (tconst, nconst)",
        "from principals anti join crew using (tconst, nconst)",
    ):
        assert number(dumps, f"select count(*) {query}") > 1000


def test_known_titles_are_mostly_in_the_dump(dumps: duckdb.DuckDBPyConnection) -> None:
    dumps.execute(
        """
        create or replace temp view known as
        select nconst, unnest(string_split(knownForTitles, ',')) as tconst from name_basics
        """
    )

    missing = number(dumps, "select count(*) from known anti join title_crew using (tconst)")
    assert missing < 0.05 * number(dumps, "select count(*) from known")
    credited = "select count(*) from known semi join title_principals using (nconst, tconst)"
    assert number(dumps, credited) > 0.1 * number(dumps, "select count(*) from known")


def test_seasons_begin_with_one_and_leave_no_gap(dumps: duckdb.DuckDBPyConnection) -> None:
    gaps = """
        with seasons as (
            select
                series.tconst,
                season_count: count(distinct seasonNumber),
                last_season: max(seasonNumber::integer)
            from title_episode as episodes
            inner join title_basics as series on series.tconst = episodes.parentTconst
            group by series.tconst
            having count(*) = count(seasonNumber)
        )
        select count(*) from seasons where season_count < last_season - 1
    """

    assert number(dumps, gaps) == 0
    assert number(dumps, "select count(*) from title_episode where seasonNumber = '2'") > 100


def test_a_night_changes_a_fiftieth_of_the_ratings(dumps: duckdb.DuckDBPyConnection) -> None:
    changed = number(
        dumps,
        """
        select avg((before.numVotes <> after.numVotes)::integer)
        from title_ratings as before
        inner join title_ratings_later as after on before.tconst = after.tconst
        """,
    )

    assert 0.01 < changed < 0.03
    shrunk = """
        select count(*) from title_ratings as before
        inner join title_ratings_later as after on before.tconst = after.tconst
        where after.numVotes::integer < before.numVotes::integer
    """
    assert number(dumps, shrunk) == 0


@pytest.mark.parametrize(
    ("query", "least", "most"),
    [
        ("from title_basics_later anti join title_basics using (tconst)", 5, 10),
        ("from title_basics anti join title_basics_later using (tconst)", 1, 3),
        ("from name_basics_later anti join name_basics using (nconst)", 5, 10),
        ("from name_basics anti join name_basics_later using (nconst)", 0, 0),
        (
            "from title_principals_later anti join title_principals using (tconst, ordering)",
            20,
            200,
        ),
        (
            """
            from title_basics inner join title_basics_later as later using (tconst)
            where title_basics.primaryTitle <> later.primaryTitle
            """,
            1,
            20,
        ),
        (
            """
            from title_basics inner join title_basics_later as later using (tconst)
            where title_basics.genres is distinct from later.genres
            """,
            0,
            0,
        ),
    ],
)
def test_a_night_adds_renames_and_removes_a_few(
    dumps: duckdb.DuckDBPyConnection, query: str, least: int, most: int
) -> None:
    assert least <= number(dumps, f"select count(*) {query}") <= most


def test_bad_lines_take_turns_and_nothing_else_changes(tmp_path: Path) -> None:
    clean = imdb.generate(tmp_path / "clean", scale=0.0005, plain=True)
    spoiled = imdb.generate(tmp_path / "spoiled", scale=0.0005, plain=True, bad_lines=4)

    added = {name: spoiled[name] - clean[name] for name in clean if spoiled[name] != clean[name]}
    assert added == {"title.akas.tsv": 2, "title.basics.tsv": 1, "name.basics.tsv": 1}
    for name in clean:
        good = (tmp_path / "clean" / name).read_bytes().split(b"\n")
        bad = (tmp_path / "spoiled" / name).read_bytes().split(b"\n")
        lines = damage.by_file(4).get(name.removesuffix(".tsv"), [])
        assert [line for line in bad if line + b"\n" not in lines] == good


def test_bad_lines_lie_between_good_ones() -> None:
    text = b"".join(b"%d\n" % line for line in range(100))

    spread = damage.spread(text, [b"bad\n", b"worse\n"]).split(b"\n")

    assert 20 < spread.index(b"bad") < 50 < spread.index(b"worse") < 80
    assert spread.count(b"bad") == spread.count(b"worse") == 1
