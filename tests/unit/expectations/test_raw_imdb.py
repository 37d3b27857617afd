"""Each expectation of the raw suites is shown to fail by a fault, and by nothing else.

A gate takes a second whatever the size of its tables, so a snapshot carries one fault in each of
its seven tables: a round. A test looks at one table of one round.
"""

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from expectations.limits import RawLimits
from expectations.run import judge_incoming
from expectations.suite import Outcome, Report
from tests.unit.expectations import snapshots
from tests.unit.expectations.snapshots import ROWS, Fault, rejected_lines

NOW = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)

WATCHED = {
    "title_basics": "isAdult startYear runtimeMinutes genres",
    "title_akas": "region language types isOriginalTitle",
    "title_crew": "directors writers",
    "title_episode": "seasonNumber episodeNumber",
    "title_principals": "job characters",
    "name_basics": "birthYear primaryProfession knownForTitles",
}
RARELY_NULL = {
    "title_basics": "titleType primaryTitle originalTitle",
    "title_akas": "title",
    "title_principals": "category",
    "name_basics": "primaryName",
}
OUT_OF_RANGE = [
    ("title_basics", "startYear", "1869"),
    ("title_basics", "startYear", "2047"),
    ("title_basics", "endYear", "2047"),
    ("title_basics", "runtimeMinutes", "100001"),
    ("title_ratings", "averageRating", "0.9"),
    ("title_ratings", "averageRating", "10.1"),
    ("title_ratings", "numVotes", "0"),
    ("name_basics", "birthYear", "2027"),
    ("name_basics", "deathYear", "0"),
]
NEW_VALUES = [
    ("title_basics", "titleType", "'hologram'"),
    ("title_basics", "genres", "['Drama', 'Smellovision']"),
    ("title_akas", "types", "['skywriting']"),
    ("title_principals", "category", "'robot'"),
    ("name_basics", "primaryProfession", "['actor', 'ghost']"),
]

Finding = tuple[str | None, str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A fault, and the only findings it may lead to: column, expectation, verdict."""

    name: str
    fault: Fault
    findings: frozenset[Finding]


def case(name: str, fault: Fault, *findings: Finding) -> Case:
    return Case(f"{fault.table}-{name}", fault, frozenset(findings))


def of_counts(table: str) -> list[Case]:
    fewest = ROWS * 95 // 100
    key = {"title_akas": "titleId", "name_basics": "nconst"}.get(table, "tconst")
    return [
        case(
            "a-row-is-missing",
            Fault(table, f"delete from {table} where {key} = 7", recorded=False),
            (None, "rows_are_those_loaded", "refused"),
        ),
        case(
            "a-reject-is-not-recorded",
            Fault(table, rejected_lines(table, 1), recorded=False),
            (None, "rejects_are_in_the_ledger", "refused"),
        ),
        case(
            "a-line-vanished",
            Fault(table, "", receipt="wrong"),
            (None, "received_is_loaded_plus_rejected", "refused"),
        ),
        case("nineteen-rejects-are-allowed", Fault(table, rejected_lines(table, 19))),
        case(
            "twenty-rejects-are-not",
            Fault(table, rejected_lines(table, 20)),
            (None, "rejects_within_budget", "refused"),
        ),
        case(
            "five-percent-fewer-rows-are-allowed",
            Fault(table, f"delete from {table} where {key} > {fewest}"),
        ),
        case(
            "more-than-five-percent-fewer-rows-are-not",
            Fault(table, f"delete from {table} where {key} >= {fewest}"),
            (None, "rows_not_lost", "refused"),
        ),
    ]


def of_columns() -> list[Case]:
    key = {"title_akas": "titleId", "name_basics": "nconst"}

    def change(table: str, column: str, value: str, count: int) -> Fault:
        where = f"{key.get(table, 'tconst')} <= {count}"
        return Fault(table, f'update {table} set "{column}" = {value} where {where}')

    strict = {"title_ratings"}
    return [
        *(
            case(
                f"{column}-is-often-null",
                change(table, column, "null", ROWS * 6 // 100),
                (column, "null_share_stays", "refused"),
            )
            for table, columns in WATCHED.items()
            for column in columns.split()
        ),
        *(
            case(
                f"{column}-is-sometimes-null",
                change(table, column, "null", 3),
                (column, "rarely_null", "refused"),
            )
            for table, columns in RARELY_NULL.items()
            for column in columns.split()
        ),
        *(
            case(
                f"{column}-is-{value}",
                change(table, column, value, 3),
                (column, "values_in_range", "refused"),
            )
            for table, column, value in OUT_OF_RANGE
        ),
        *(
            case(
                f"{column}-is-{value}-once",
                change(table, column, value, 1),
                (column, "values_in_range", "refused" if table in strict else "reported"),
            )
            for table, column, value in OUT_OF_RANGE
        ),
        *(
            case(
                f"{column}-is-{value}",
                change(table, column, value, 1),
                (column, "values_known", "reported"),
            )
            for table, column, value in NEW_VALUES
        ),
    ]


CASES = sorted(
    [*(one for table in snapshots.TABLES for one in of_counts(table)), *of_columns()],
    key=lambda one: one.fault.table,
)
ROUNDS = {
    one.name: number
    for _, of_table in groupby(CASES, key=lambda one: one.fault.table)
    for number, one in enumerate(of_table)
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return snapshots.write(tmp_path_factory.mktemp("lake") / "good")


@pytest.fixture(scope="module")
def judged(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Report]:
    @cache
    def judge_round(number: int) -> Report:
        folder = tmp_path_factory.mktemp("round")
        faults = [one.fault for one in CASES if ROUNDS[one.name] == number]
        incoming = snapshots.write(folder / "incoming", faults)
        return judge_incoming("imdb", incoming, good, folder, now=NOW)

    return judge_round


def findings(report: Report, table: str) -> set[Finding]:
    return {
        (one.column_name, one.expectation, str(one.verdict))
        for one in report.verdicts
        if one.table_name == table and one.verdict is not Outcome.PASSED
    }


@pytest.mark.parametrize("planted", CASES, ids=lambda one: one.name)
def test_a_fault_is_found_where_it_is_and_nowhere_else(
    planted: Case, judged: Callable[[int], Report]
) -> None:
    report = judged(ROUNDS[planted.name])

    assert findings(report, planted.fault.table) == planted.findings


def test_every_expectation_has_been_seen_failing(good: Path, tmp_path: Path) -> None:
    report = judge_incoming("imdb", good, good, tmp_path, now=NOW)
    promised = {(v.table_name, v.column_name, v.expectation) for v in report.verdicts}
    failing = {(c.fault.table, column, name) for c in CASES for column, name, _ in c.findings}

    assert report.outcome == "passed"
    assert promised == failing


def test_the_first_night_has_nothing_to_compare_with(good: Path, tmp_path: Path) -> None:
    report = judge_incoming("imdb", good, None, tmp_path, now=NOW)

    names = {verdict.expectation for verdict in report.verdicts}
    assert report.outcome == "passed"
    assert names.isdisjoint({"rows_not_lost", "null_share_stays"})


def test_a_pruned_snapshot_is_a_baseline_of_counts(good: Path, tmp_path: Path) -> None:
    pruned = tmp_path / "pruned"
    pruned.mkdir()
    (pruned / "receipt.json").write_bytes((good / "receipt.json").read_bytes())

    report = judge_incoming("imdb", good, pruned, tmp_path / "scratch", now=NOW)

    names = {verdict.expectation for verdict in report.verdicts}
    assert "rows_not_lost" in names
    assert "null_share_stays" not in names


def test_a_file_a_fifth_shorter_is_refused_with_both_counts(good: Path, tmp_path: Path) -> None:
    shorter = Fault("title_akas", f"delete from title_akas where titleId > {ROWS * 8 // 10}")
    incoming = snapshots.write(tmp_path / "incoming", [shorter])

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    [refused] = [one for one in report.verdicts if one.verdict is Outcome.REFUSED]
    assert report.outcome == "refused"
    assert (refused.gate, refused.suite) == ("raw", "raw.imdb.title_akas")
    assert (refused.table_name, refused.expectation) == ("title_akas", "rows_not_lost")
    assert refused.expected == "at least 1,900 rows: 2,000 before, less 5%"
    assert refused.observed == "1,600"
    assert refused.judged_at == "2026-11-22T04:30:00Z"


def test_the_budget_for_rejects_is_the_feeds(good: Path, tmp_path: Path) -> None:
    incoming = snapshots.write(
        tmp_path / "incoming", [Fault("title_crew", rejected_lines("title_crew", 30))]
    )

    usual = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)
    wider = judge_incoming("imdb", incoming, good, tmp_path, now=NOW, reject_budget=0.05)

    assert usual.outcome == "refused"
    assert wider.outcome == "passed"


def test_limits_are_arguments(good: Path, tmp_path: Path) -> None:
    incoming = snapshots.write(
        tmp_path / "incoming", [Fault("title_crew", "delete from title_crew where tconst > 1900")]
    )
    strict = RawLimits(row_loss=0.01)

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW, limits=strict)

    assert findings(report, "title_crew") == {(None, "rows_not_lost", "refused")}


def test_a_report_shows_sample_rows_with_their_keys(good: Path, tmp_path: Path) -> None:
    faults = [
        Fault("title_ratings", "update title_ratings set numVotes = 0 where tconst in (5, 6)"),
        Fault("title_crew", rejected_lines("title_crew", 25)),
        Fault("title_basics", "update title_basics set titleType = 'hologram' where tconst < 9"),
        Fault("name_basics", "update name_basics set primaryName = null where nconst < 4"),
    ]
    incoming = snapshots.write(tmp_path / "incoming", faults)

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    samples: Mapping[str, str | None] = {
        one.expectation: one.sample for one in report.verdicts if one.verdict is not Outcome.PASSED
    }
    assert samples["values_in_range"] == "tconst=5, numVotes=0; tconst=6, numVotes=0"
    assert samples["values_known"] == "element=hologram, row_count=8"
    assert samples["rarely_null"] == "nconst=1; nconst=2; nconst=3"
    ledger = samples["rejects_within_budget"] or ""
    assert ledger.count("source_file=a.tsv.gz") == 5
    assert "column_name=a_column, reason=not a whole number" in ledger


def test_a_missing_table_is_broken_by_its_name(good: Path, tmp_path: Path) -> None:
    incoming = snapshots.write(tmp_path / "incoming")
    (incoming / "title_crew.parquet").unlink()

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    broken = [one for one in report.verdicts if one.verdict is Outcome.BROKEN]
    assert report.outcome == "broken"
    assert {one.table_name for one in broken} == {"title_crew"}
    assert "title_crew.parquet" in broken[0].observed
    assert not [one for one in report.verdicts if one.verdict is Outcome.REFUSED]


def test_a_missing_column_is_broken_by_its_name(good: Path, tmp_path: Path) -> None:
    dropped = Fault("title_basics", "alter table title_basics drop column startYear")
    incoming = snapshots.write(tmp_path / "incoming", [dropped])

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    assert findings(report, "title_basics") == {
        ("startYear", "values_in_range", "broken"),
        ("startYear", "null_share_stays", "broken"),
    }
    assert all("startYear" in one.observed for one in report.verdicts if one.verdict == "broken")


def test_a_column_of_another_type_is_broken(good: Path, tmp_path: Path) -> None:
    texts = "alter table title_ratings alter numVotes type varchar using 'many'"
    incoming = snapshots.write(tmp_path / "incoming", [Fault("title_ratings", texts)])

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    assert ("numVotes", "values_in_range", "broken") in findings(report, "title_ratings")
    assert report.outcome == "broken"


def test_a_damaged_parquet_file_is_broken(good: Path, tmp_path: Path) -> None:
    incoming = snapshots.write(tmp_path / "incoming")
    (incoming / "title_akas.parquet").write_bytes(b"PAR1 no longer PAR1")

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    broken = {one.table_name for one in report.verdicts if one.verdict is Outcome.BROKEN}
    assert broken == {"title_akas"}


def test_a_table_without_counts_is_broken(good: Path, tmp_path: Path) -> None:
    incoming = snapshots.write(tmp_path / "incoming", [Fault("title_crew", "", receipt="missing")])

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    broken = [one for one in report.verdicts if one.verdict is Outcome.BROKEN]
    assert {one.table_name for one in broken} == {"title_crew"}
    assert "receipt" in broken[0].observed


@pytest.mark.parametrize("content", [None, "", "[]", '{"tables": {"title_crew": {}}}'])
def test_a_snapshot_without_a_receipt_is_broken(
    good: Path, tmp_path: Path, content: str | None
) -> None:
    incoming = snapshots.write(tmp_path / "incoming")
    (incoming / "receipt.json").unlink()
    if content is not None:
        (incoming / "receipt.json").write_text(content, "utf-8")

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    assert {one.verdict for one in report.verdicts} == {Outcome.BROKEN}
    assert "receipt.json" in report.verdicts[0].observed


def test_a_gate_leaves_nothing_in_the_folder_it_judges(good: Path, tmp_path: Path) -> None:
    incoming = snapshots.write(tmp_path / "incoming")
    before = sorted(incoming.iterdir())
    (incoming / ".gate").mkdir()
    (incoming / ".gate" / "gate.duckdb").write_bytes(b"left by a gate that was killed")

    judge_incoming("imdb", incoming, good, incoming, now=NOW)

    assert sorted(incoming.iterdir()) == before


def test_a_report_travels_between_processes(good: Path, tmp_path: Path) -> None:
    report = judge_incoming("imdb", good, good, tmp_path, now=NOW)

    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301 # our own bytes


def test_a_feed_without_suites_is_an_error(good: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no_such_feed"):
        judge_incoming("no_such_feed", good, None, tmp_path, now=NOW)
