"""Invented dumps in IMDb's seven formats: the same for the same seed, scale and night."""

import json
import math
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sample import damage, gzip_file, words

SQL = Path(__file__).parent / "sql"

# rows on 2026-02-28, without the header
FULL_SIZE = {
    "name.basics": 15_122_182,
    "title.basics": 12_323_467,
    "title.akas": 55_294_765,
    "title.crew": 12_325_801,
    "title.episode": 9_514_619,
    "title.principals": 98_073_271,
    "title.ratings": 1_641_397,
}
# Beside the dumps: a warehouse must never take them for later nights of real ones.
MARK = "arthouse-sample.json"
SMALLEST, LARGEST = 0.0002, 1.0
# the nights of one story: new titles and people are set aside for each of them in advance
NIGHTS = 60

HEADERS = {
    "name.basics": "nconst primaryName birthYear deathYear primaryProfession knownForTitles",
    "title.akas": "titleId ordering title region language types attributes isOriginalTitle",
    "title.basics": (
        "tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes"
        " genres"
    ),
    "title.crew": "tconst directors writers",
    "title.episode": "tconst parentTconst seasonNumber episodeNumber",
    "title.principals": "tconst ordering nconst category job characters",
    "title.ratings": "tconst averageRating numVotes",
}

# titles (for name.basics: troupes of twenty people) a statement; 30 to 60 MB of text each
SLICE = {
    "name.basics": 30_000,
    "title.akas": 150_000,
    "title.basics": 400_000,
    "title.crew": 800_000,
    "title.episode": 1_500_000,
    "title.principals": 100_000,
    "title.ratings": 2_000_000,
}
WORKERS = 2

# TAB, LF, \N and never a quote: an empty quote character makes DuckDB write text as it is
COPY = r"""
copy ({query}) to '{path}'
(format csv, delimiter '\t', header false, quote '', escape '', nullstr '\N')
"""

CREW_PLANS = (
    "director writer producer composer cinematographer editor production_designer writer"
    " casting_director producer producer director writer producer editor composer producer"
    " writer casting_director production_designer producer producer writer producer",
    "director writer writer producer producer composer cinematographer editor casting_director"
    " production_designer producer writer producer director editor producer writer producer"
    " composer producer writer producer casting_director producer",
    "writer director producer cinematographer editor composer writer producer writer"
    " casting_director producer production_designer producer writer producer director producer"
    " editor producer writer producer composer producer producer",
    "director producer writer editor cinematographer producer composer director writer"
    " production_designer producer casting_director writer producer producer editor writer"
    " producer director producer composer producer writer producer",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything at one scale."""

    rows: dict[str, int]
    unknown_titles: int
    appearing: int
    going: int
    newcomers: int

    @property
    def titles(self) -> int:
        """Titles of all nights, known and unknown."""
        return self.rows["title.basics"] + self.unknown_titles + self.appearing

    @property
    def troupes(self) -> int:
        return (self.rows["name.basics"] + self.newcomers) // 20


def size_at(scale: float) -> Size:
    if not SMALLEST <= scale <= LARGEST:
        raise ValueError(f"scale must be from {SMALLEST} to {LARGEST}, not {scale}")
    rows = {file: round(count * scale) for file, count in FULL_SIZE.items()}
    unknown_titles = max(3, rows["title.crew"] - rows["title.basics"])
    rows["title.crew"] = rows["title.basics"] + unknown_titles
    newcomers = NIGHTS * max(1, round(rows["name.basics"] * 0.00025))
    # people come in whole troupes
    rows["name.basics"] = -(-(rows["name.basics"] + newcomers) // 20) * 20 - newcomers
    return Size(
        rows=rows,
        unknown_titles=unknown_titles,
        appearing=NIGHTS * max(1, round(rows["title.basics"] * 0.0003)),
        going=NIGHTS * max(1, round(rows["title.basics"] * 0.00003)),
        newcomers=newcomers,
    )


def generate(
    out: Path,
    *,
    scale: float,
    seed: int = 1,
    night: int = 0,
    plain: bool = False,
    bad_lines: int = 0,
) -> dict[str, int]:
    """Writes the seven dumps of one night into a folder.

    Args:
        out: the folder, made if need be; files of the same names are replaced.
        scale: 1.0 gives the row counts that IMDb had in February 2026.
        seed: another seed, another world.
        night: 0 is the first night. Each following one has some ratings changed, some titles,
            people and credits added, some titles renamed and a few gone. Up to `NIGHTS`.
        plain: `.tsv` instead of `.tsv.gz`.
        bad_lines: lines to spoil on purpose, in turn in title.akas (fields missing),
            title.basics (a letter in a year) and name.basics (a letter in an id).

    Returns:
        Data lines by file name, bad ones included.
    """
    size = size_at(scale)
    if not 0 <= night <= NIGHTS:
        raise ValueError(f"night must be from 0 to {NIGHTS}, not {night}")
    out.mkdir(parents=True, exist_ok=True)
    made = {"scale": scale, "seed": seed, "night": night}
    (out / MARK).write_text(json.dumps(made), "utf-8")
    spoiled = damage.by_file(bad_lines)
    counts = {}
    with tempfile.TemporaryDirectory(dir=out, prefix=".sample-") as scratch:
        world = World(Path(scratch), size, seed, night)
        for file in FULL_SIZE:
            path = out / (f"{file}.tsv" if plain else f"{file}.tsv.gz")
            counts[path.name] = world.write(file, path, spoiled.get(file, []))
        world.close()
    return counts


class World:
    """One night of an invented world, in a scratch database that files are written from."""

    def __init__(self, scratch: Path, size: Size, seed: int, night: int) -> None:
        self.scratch = scratch
        self.size = size
        self.connection = duckdb.connect(
            str(scratch / "world.duckdb"),
            config={"memory_limit": "2GB", "temp_directory": str(scratch / "spill"), "threads": 2},
        )
        # DuckDB draws its bar on standard output, which may be a log.
        self.connection.execute("set enable_progress_bar = false")
        self.variables = constants(size, seed, night)
        self.prepare(self.connection)
        self.connection.execute((SQL / "macros.sql").read_text())
        self.connection.execute((SQL / "skeleton.sql").read_text())

    def prepare(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Sets the variables, which belong to one connection."""
        for name, value in self.variables.items():
            connection.execute(f"set variable {name} = $value", {"value": value})

    def write(self, file: str, path: Path, spoiled: list[bytes]) -> int:
        texts = self.texts(file, spoiled)
        line_counts: list[int] = []

        def pieces() -> Iterator[bytes]:
            yield HEADERS[file].replace(" ", "\t").encode() + b"\n"
            for text in texts:
                line_counts.append(text.count(b"\n"))
                yield text

        if path.suffix == ".gz":
            gzip_file.write(path, pieces())
        else:
            with path.open("wb") as stream:
                stream.writelines(pieces())
        return sum(line_counts)

    def texts(self, file: str, spoiled: list[bytes]) -> Iterator[bytes]:
        """Yields the slices of a file in order, while the next ones are being made."""
        places = self.size.troupes if file == "name.basics" else self.size.titles
        starts = range(0, places, SLICE[file])
        with ThreadPoolExecutor(WORKERS) as workers:
            making: list[Future[bytes]] = []
            for number in range(len(starts) + WORKERS):
                if number < len(starts):
                    making.append(workers.submit(self.slice_text, file, starts[number]))
                if number >= WORKERS:
                    text = making.pop(0).result()
                    place = number - WORKERS
                    here = [
                        line
                        for index, line in enumerate(spoiled)
                        if index * len(starts) // len(spoiled) == place
                    ]
                    yield damage.spread(text, here)

    def slice_text(self, file: str, start: int) -> bytes:
        path = self.scratch / f"{file}.{start}.tsv"
        with self.connection.cursor() as connection:
            self.prepare(connection)
            connection.execute(
                f"set variable slice_start = {start};set variable slice_end = {start + SLICE[file]}"
            )
            query = (SQL / f"{file}.sql").read_text()
            connection.execute(COPY.format(query=query, path=path))
        text = path.read_bytes()
        path.unlink()
        return text

    def close(self) -> None:
        self.connection.close()


def constants(size: Size, seed: int, night: int) -> dict[str, int | float | list[str] | list[int]]:
    """Returns what the SQL knows as variables."""
    plans = [plan.split() for plan in CREW_PLANS]
    people = size.troupes * 20
    return {
        **words.variables(),
        "seed": seed,
        "night": night,
        "nights": NIGHTS,
        "works": size.titles - size.rows["title.episode"],
        "episodes": size.rows["title.episode"],
        # ids below a million, then (in text order) those that begin with 1 to 3, then the rest
        "early_titles": int(size.titles * 0.07),
        "late_titles": int(size.titles * 0.60),
        "middle_titles": size.titles - int(size.titles * 0.07) - int(size.titles * 0.60),
        "early_people": int(people * 0.06),
        "late_people": int(people * 0.44),
        "middle_people": people - int(people * 0.06) - int(people * 0.44),
        "troupes": size.troupes,
        "newcomers": size.newcomers,
        "appearing": size.appearing,
        "going": size.going,
        "unknown_titles": size.unknown_titles,
        "ratings": size.rows["title.ratings"],
        "credits": size.rows["title.principals"],
        "names_abroad": size.rows["title.akas"] - size.rows["title.basics"],
        # one in a few thousand, but some at every scale
        "orphan_odds": max(50, min(20_000, size.rows["title.episode"] // 20)),
        # the best known title has some two million votes at every scale
        "fame_exponent": math.log(18 / 2.4) / math.log(math.log2(size.rows["title.ratings"])),
        "crew_plan": [role for plan in plans for role in plan],
        "crew_turns": [plan[:line].count(role) for plan in plans for line, role in enumerate(plan)],
    }
