"""Each expectation of the raw suites is shown to fail by a fault, and by nothing else."""

import pickle
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from expectations.limits import FEW_ROWS, RawLimits
from expectations.run import judge_incoming
from expectations.suite import Outcome
from tests.unit.expectations import snapshots
from tests.unit.expectations.rounds import Case, findings, promises, rounds
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

ImdbCase = Case[Fault]


def of_table(fault: Fault, *names: str) -> ImdbCase:
    return Case(
        fault.table, fault, frozenset((fault.table, None, name, "refused") for name in names)
    )


def key(table: str) -> str:
    return {"title_akas": "titleId", "name_basics": "nconst"}.get(table, "tconst")


def of_counts(table: str) -> list[ImdbCase]:
    fewest = ROWS * 95 // 100
    missing_row = Fault(table, f"delete from {table} where {key(table)} = {ROWS}", recorded=False)
    missing_reject = Fault(table, rejected_lines(table, 1), recorded=False)
    missing_line = Fault(table, "", receipt="wrong")
    return [
        of_table(missing_row, "rows_are_those_loaded"),
        of_table(missing_reject, "rejects_are_in_the_ledger"),
        of_table(missing_line, "received_is_loaded_plus_rejected"),
        of_table(Fault(table, rejected_lines(table, 19))),
        of_table(Fault(table, rejected_lines(table, 20)), "rejects_within_budget"),
        of_table(Fault(table, f"delete from {table} where {key(table)} > {fewest}")),
        of_table(
            Fault(table, f"delete from {table} where {key(table)} >= {fewest}"), "rows_not_lost"
        ),
    ]


def of_column(table: str, column: str, value: str, count: int, *found: tuple[str, str]) -> ImdbCase:
    """A value planted in the first rows of a column."""
    where = f"{key(table)} <= {count}"
    fault = Fault(table, f'update {table} set "{column}" = {value} where {where}')
    findings = frozenset((table, column, *one) for one in found)
    return Case(f"{table}.{column}", fault, findings)


def of_nulls() -> list[ImdbCase]:
    return [
        one
        for columns, allowed, refused, name in (
            (WATCHED, ROWS * 5 // 100, ROWS * 6 // 100, "null_share_stays"),
            (RARELY_NULL, FEW_ROWS, FEW_ROWS + 1, "rarely_null"),
        )
        for table, names in columns.items()
        for column in names.split()
        for one in (
            of_column(table, column, "null", allowed),
            of_column(table, column, "null", refused, (name, "refused")),
        )
    ]


def of_values() -> list[ImdbCase]:
    return [
        *(
            of_column(table, column, value, count, ("values_in_range", verdict))
            for table, column, value in OUT_OF_RANGE
            for count, verdict in (
                (FEW_ROWS + 1, "refused"),
                (1, "refused" if table == "title_ratings" else "reported"),
            )
        ),
        *(
            of_column(table, column, value, 1, ("values_known", "reported"))
            for table, column, value in NEW_VALUES
        ),
    ]


COUNTS = [one for table in snapshots.TABLES for one in of_counts(table)]
ROUNDS = rounds([COUNTS, [*of_nulls(), *of_values()]])


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return snapshots.write(tmp_path_factory.mktemp("lake") / "good")


@pytest.mark.parametrize("number", range(len(ROUNDS)))
def test_what_is_planted_is_found_and_nothing_else(number: int, good: Path, tmp_path: Path) -> None:
    cases = ROUNDS[number]
    incoming = snapshots.write(tmp_path / "incoming", [one.fault for one in cases])

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    assert findings(report) == frozenset().union(*(one.findings for one in cases))


def test_every_expectation_has_been_seen_failing(good: Path, tmp_path: Path) -> None:
    report = judge_incoming("imdb", good, good, tmp_path, now=NOW)
    planted = {found[:3] for cases in ROUNDS for one in cases for found in one.findings}

    assert findings(report) == set()
    assert promises(report) == planted


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


def test_shares_count_in_a_large_table(good: Path, tmp_path: Path) -> None:
    many = (
        "create or replace table title_basics as "
        "select rows.* replace (i * 10000 + tconst as tconst) "
        "from title_basics as rows, range(5) as n (i)"
    )
    null = "update title_basics set primaryTitle = null where tconst <= 2000 and tconst <= {}"
    early = "update title_basics set startYear = 1500 where tconst <= 2000 and tconst <= {}"
    for count, outcome in ((10, "passed"), (11, "refused")):
        sql = ";".join((many, null.format(count), early.format(count)))
        incoming = snapshots.write(tmp_path / str(count), [Fault("title_basics", sql)])

        assert judge_incoming("imdb", incoming, good, tmp_path, now=NOW).outcome == outcome


def test_limits_are_arguments(good: Path, tmp_path: Path) -> None:
    incoming = snapshots.write(
        tmp_path / "incoming", [Fault("title_crew", "delete from title_crew where tconst > 1900")]
    )
    strict = RawLimits(row_loss=0.01)

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW, limits=strict)

    assert findings(report) == {("title_crew", None, "rows_not_lost", "refused")}


def test_a_report_shows_sample_rows_with_their_keys(good: Path, tmp_path: Path) -> None:
    faults = [
        Fault("title_ratings", "update title_ratings set numVotes = 0 where tconst in (5, 6)"),
        Fault("title_crew", rejected_lines("title_crew", 25)),
        Fault("title_basics", "update title_basics set titleType = 'hologram' where tconst < 9"),
        Fault("name_basics", "update name_basics set primaryName = null where nconst < 7"),
    ]
    incoming = snapshots.write(tmp_path / "incoming", faults)

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    samples: Mapping[str, str | None] = {
        one.expectation: one.sample for one in report.verdicts if one.verdict is not Outcome.PASSED
    }
    assert samples["values_in_range"] == "tconst=5, numVotes=0; tconst=6, numVotes=0"
    assert samples["values_known"] == "element=hologram, row_count=8"
    assert samples["rarely_null"] == "nconst=1; nconst=2; nconst=3; nconst=4; nconst=5"
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

    assert findings(report) == {
        ("title_basics", "startYear", "values_in_range", "broken"),
        ("title_basics", "startYear", "null_share_stays", "broken"),
    }
    assert all("startYear" in one.observed for one in report.verdicts if one.verdict == "broken")


def test_a_column_of_another_type_is_broken(good: Path, tmp_path: Path) -> None:
    texts = "alter table title_ratings alter numVotes type varchar using 'many'"
    incoming = snapshots.write(tmp_path / "incoming", [Fault("title_ratings", texts)])

    report = judge_incoming("imdb", incoming, good, tmp_path, now=NOW)

    assert ("title_ratings", "numVotes", "values_in_range", "broken") in findings(report)
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


def test_any_folder_name_will_do(good: Path, tmp_path: Path) -> None:
    home = tmp_path / "it's ä folder, 100 % $mine & #yours"
    shutil.copytree(good, home)

    report = judge_incoming("imdb", home, good, home, now=NOW)

    assert findings(report) == set()
