from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest

from expectations.case import Engine, opened
from expectations.judge import Database, Judge, readable, with_sample
from expectations.suite import (
    Expectation,
    Outcome,
    Relation,
    Report,
    Severity,
    Subject,
    Suite,
    Verdict,
    elements_known,
    measure_between,
    values_between,
)

THINGS = Relation("marts", "things")
DATABASE = """
    create schema marts;
    create table marts.things as
        select i as thing_id, i % 100 as score, 'thing ' || i as name from range(1, 1001) as n (i);
    create table marts.nothing (score integer);
    create view marts.crashing as select cast(name as integer) as score from marts.things;
    create table marts.rare as
        select i as thing_id, case when i <= 20 then i end as score from range(1, 1001) as n (i);
    create schema measures;
    create table measures.things as select 1000 as row_count, null::integer as age_days;
    create schema elements;
    create table elements.things__name as select 'it''s new' as element, 3 as row_count;
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    file = tmp_path_factory.mktemp("gate") / "gate.duckdb"
    with duckdb.connect(file) as session:
        session.execute(DATABASE)
    return Database(file, Engine(threads=1))


@pytest.fixture(scope="module")
def judge(database: Database) -> Iterator[Judge]:
    databases = dict.fromkeys(("marts", "measures", "elements"), database)
    with Judge("candidate", databases, "2026-11-22T06:00:00Z") as judge:
        yield judge


def judge_one(judge: Judge, expectation: Expectation) -> Verdict:
    [verdict] = judge.judge(Suite("a suite", Subject(THINGS), (expectation,)))
    return verdict


def scores(least: int, most: int, tolerance: int = 0) -> Expectation:
    return values_between(THINGS, "score", least, most, key=("thing_id",), tolerance=tolerance)


@pytest.mark.parametrize(
    ("expectation", "outcome", "observed"),
    [
        (scores(0, 99), "passed", "0 of 1,000"),
        (scores(0, 98), "refused", "10 of 1,000"),
        (scores(0, 98, tolerance=10), "reported", "10 of 1,000"),
        (scores(0, 97, tolerance=10), "refused", "20 of 1,000"),
        (replace(scores(0, 98), severity=Severity.REPORT), "reported", "10 of 1,000"),
    ],
)
def test_rows_out_of_range_are_refused_reported_or_tolerated(
    judge: Judge, expectation: Expectation, outcome: str, observed: str
) -> None:
    verdict = judge_one(judge, expectation)

    assert (verdict.verdict, verdict.observed) == (outcome, observed)


def test_what_is_tolerated_is_counted_in_rows_however_few_have_a_value(judge: Judge) -> None:
    rare = Relation("marts", "rare")
    one, two = (
        values_between(rare, "score", 0, most, key=("thing_id",), tolerance=1) for most in (19, 18)
    )

    assert [judge_one(judge, each).verdict for each in (one, two)] == ["reported", "refused"]


def test_an_empty_table_has_no_value_out_of_range(judge: Judge) -> None:
    nothing = values_between(Relation("marts", "nothing"), "score", 0, 1, key=("score",))

    assert judge_one(judge, nothing).verdict is Outcome.PASSED


@pytest.mark.parametrize("severity", Severity)
def test_a_crashed_expectation_is_broken_whatever_its_severity(
    judge: Judge, severity: Severity
) -> None:
    crashing = values_between(
        Relation("marts", "crashing"), "score", 0, 1, key=("score",), severity=severity
    )

    verdict = judge_one(judge, crashing)

    assert verdict.verdict is Outcome.BROKEN
    assert "Could not convert string 'thing 1'" in verdict.observed


def test_a_column_of_a_type_that_cannot_be_compared_is_broken(judge: Judge) -> None:
    verdict = judge_one(judge, values_between(THINGS, "name", 0, 1, key=("thing_id",)))

    assert verdict.verdict is Outcome.BROKEN
    assert "VARCHAR" in verdict.observed


def test_a_missing_column_is_broken_by_its_name(judge: Judge) -> None:
    verdict = judge_one(judge, values_between(THINGS, "colour", 0, 1, key=("thing_id",)))

    assert verdict.verdict is Outcome.BROKEN
    assert "colour" in verdict.observed


def test_a_missing_table_is_broken_by_its_name(judge: Judge) -> None:
    missing = Relation("marts", "no_such_things")

    verdict = judge_one(judge, values_between(missing, "score", 0, 1, key=("thing_id",)))

    assert verdict.verdict is Outcome.BROKEN
    assert "marts.no_such_things" in verdict.observed


def test_a_measure_that_is_null_is_broken(judge: Judge) -> None:
    verdict = judge_one(
        judge, measure_between("things", "age_days", None, 7, name="fresh", expected="fresh")
    )

    assert (verdict.verdict, verdict.observed) == (Outcome.BROKEN, "fresh: nothing was measured")


def test_one_crash_leaves_its_neighbours_judged(judge: Judge) -> None:
    crashing = values_between(THINGS, "name", 0, 1, key=("thing_id",))
    suite = Suite("a suite", Subject(THINGS), (scores(0, 99), crashing, scores(0, 98)))

    outcomes = [verdict.verdict for verdict in judge.judge(suite)]

    assert outcomes == [Outcome.PASSED, Outcome.BROKEN, Outcome.REFUSED]


def test_verdicts_keep_the_order_of_their_expectations(judge: Judge) -> None:
    rows = measure_between("things", "row_count", 1, None, name="not_empty", expected="a row")
    suite = Suite("a suite", Subject(THINGS), (scores(0, 99), rows, scores(0, 98), rows))

    names = [verdict.expectation for verdict in judge.judge(suite)]

    assert names == ["values_in_range", "not_empty", "values_in_range", "not_empty"]


def test_a_new_value_is_shown_however_it_is_spelt(judge: Judge, database: Database) -> None:
    known = elements_known("things", "name", ["it's old"])
    verdict = judge_one(judge, known)
    with opened(database.file, database.engine, read_only=True) as session:
        sampled = with_sample(verdict, known, session)

    assert sampled.verdict is Outcome.REPORTED
    assert sampled.sample == "element=it's new, row_count=3"


def test_a_passed_expectation_shows_no_rows(judge: Judge) -> None:
    expectation = scores(0, 99)
    with duckdb.connect() as session:
        assert with_sample(judge_one(judge, expectation), expectation, session).sample is None


def test_a_sample_that_cannot_be_had_changes_no_verdict(judge: Judge) -> None:
    expectation = scores(0, 98)
    with duckdb.connect() as session:
        sampled = with_sample(judge_one(judge, expectation), expectation, session)

    assert sampled.verdict is Outcome.REFUSED
    assert sampled.sample is not None
    assert sampled.sample.startswith("no sample: ")


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ((), "passed"),
        ((Outcome.PASSED, Outcome.REPORTED), "passed"),
        ((Outcome.REFUSED, Outcome.REPORTED), "refused"),
        ((Outcome.REFUSED, Outcome.BROKEN), "broken"),
    ],
)
def test_a_report_ends_as_its_gravest_verdict(
    judge: Judge, found: tuple[Outcome, ...], outcome: str
) -> None:
    verdict = judge_one(judge, scores(0, 99))

    report = Report([replace(verdict, verdict=one) for one in found], {})

    assert report.outcome == outcome


@pytest.mark.parametrize(
    ("value", "text"), [(1234567, "1,234,567"), (0.12345, "12.35%"), ("2026-11-22", "2026-11-22")]
)
def test_a_measure_reads_as_a_person_writes_it(value: object, text: str) -> None:
    assert readable(value) == text
