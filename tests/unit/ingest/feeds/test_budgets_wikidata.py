"""Wikidata's films: items, dates, currencies and areas resolve, or are refused with a reason."""

import gzip
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import digest
from ingest.errors import SourceChangedError, SourceDamagedError
from ingest.feeds.budgets import wikidata
from tests.unit.ingest.feeds.budget_files import WIKIDATA, film, load, result, table

AMOUNT = "source_record_id, amount_kind, area, amount, currency_code, as_of_date"
USD = {"budget_value": "95000000.0", "budget_currency_qid": "Q4917"}


def amounts(tmp_path: Path, *rows: dict[str, str]) -> list[tuple[object, ...]]:
    return load(tmp_path, {"wikidata.csv": table(WIKIDATA, rows)}).rows("amounts", AMOUNT)


def test_a_film_has_its_ids(tmp_path: Path) -> None:
    row = film("Q25188", imdb_id="tt1375666", tmdb_id="27205.0", **USD)
    lake = load(tmp_path, {"wikidata.csv": table(WIKIDATA, [row])})
    assert lake.rows("films") == [
        ("wikidata", "Q25188", -digest.number("wikidata Q25188"), 1375666, "Q25188", 27205,
         "Film Q25188", None, None, None, "wikidata.csv", 2)
    ]  # fmt: skip
    assert lake.rows("amounts", f"{AMOUNT}, is_estimated, source_file, line_number") == [
        ("Q25188", "budget", "unspecified", Decimal("95000000.00"), "USD", None, False,
         "wikidata.csv", 2)
    ]  # fmt: skip
    assert lake.counts("wikidata.csv") == (1, 1, 0, 0)
    assert lake.counts(None) == (1, 1, 0, 0)


def test_csv_and_json_of_one_query_make_the_same_lake(tmp_path: Path) -> None:
    rows = [
        film("Q1", imdb_id="tt0000001", **USD),
        film("Q2", box_office_value="12", box_office_currency_qid="Q16068",
             box_office_asof="1987-01-01T00:00:00Z", box_office_region_qid="Q183"),
        film("Q3", budget_value="1", budget_currency_qid="Q14083"),
        film("Q4"),
    ]  # fmt: skip
    as_csv = load(tmp_path / "csv", {"wikidata.csv": table(WIKIDATA, rows)})
    as_json = load(tmp_path / "json", {"wikidata.json": result(rows)})
    columns = "* exclude (source_file, line_number)"
    for name in ("films", "amounts"):
        assert as_csv.rows(name, columns) == as_json.rows(name, columns)
    assert [row[2:] for row in as_csv.rejects("amounts")] == [
        row[2:] for row in as_json.rejects("amounts")
    ]
    assert [line for _, line, *_ in as_json.rejects("amounts")] == [3]


def test_items_may_be_whole_addresses(tmp_path: Path) -> None:
    base = "http://www.wikidata.org/entity/"
    row = film(f"{base}Q7", budget_value="5", budget_currency_qid=f"{base}Q4916")
    assert amounts(tmp_path, row) == [("Q7", "budget", "unspecified", Decimal(5), "EUR", None)]


def test_what_wikidata_knows_to_be_unknown_is_no_value(tmp_path: Path) -> None:
    blank = "http://www.wikidata.org/.well-known/genid/0123456789abcdef"
    row = film("Q7", imdb_id=blank, publication_date=blank, **USD) | {"budget_asof": blank}
    lake = load(tmp_path, {"wikidata.csv": table([*WIKIDATA, "publication_date"], [row])})
    assert lake.rows("films", "imdb_title_id, release_date") == [(None, None)]
    assert lake.rows("amounts", "amount, as_of_date") == [(Decimal(95000000), None)]
    assert lake.warnings() == []


def test_a_date_is_read_and_a_label_that_is_the_id_is_none(tmp_path: Path) -> None:
    row = film("Q7", publication_date="1999-03-31T00:00:00Z", **USD) | {"wd_film_label": "Q7"}
    lake = load(tmp_path, {"wikidata.csv": table([*WIKIDATA, "publication_date"], [row])})
    assert lake.rows("films", "title, release_year, release_date") == [
        (None, 1999, date(1999, 3, 31))
    ]


@pytest.mark.parametrize(
    ("region", "area"),
    [("", "unspecified"), ("Q13780930", "worldwide"), ("Q2", "worldwide"), ("Q30", "US"),
     ("Q55", "NL"), ("Q713750", "XWG")],
)  # fmt: skip
def test_a_gross_is_of_its_area(tmp_path: Path, region: str, area: str) -> None:
    row = film(box_office_value="5", box_office_currency_qid="Q4917", box_office_region_qid=region)
    assert [found[2] for found in amounts(tmp_path, row)] == [area]


@pytest.mark.parametrize("text", ["0", "0.0", "-12", "-5.5"])
def test_nothing_and_less_is_an_unknown_amount(tmp_path: Path, text: str) -> None:
    row = film(budget_value=text, budget_currency_qid="Q4917")
    assert amounts(tmp_path, row) == [("Q1", "budget", "unspecified", None, "USD", None)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1e+08", "100000000"), ("2.5E8", "250000000"), ("+95000000", "95000000"),
     ("307552.1", "307552.10"), ("9.99", "9.99")],
)  # fmt: skip
def test_numbers_are_read_as_programs_write_them(tmp_path: Path, text: str, amount: str) -> None:
    row = film(budget_value=text, budget_currency_qid="Q4917")
    assert [found[3] for found in amounts(tmp_path, row)] == [Decimal(amount)]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"budget_currency_qid": "Q14083"}, "the currency Q14083 is in no list, or means several"),
        ({"budget_currency_qid": "dollar"}, "the currency dollar is in no list, or means several"),
        ({"budget_currency_qid": ""}, "no currency"),
        ({"budget_currency_qid": "Q199"}, "no currency"),
        ({"budget_value": "many"}, "not a number"),
        ({"budget_value": "1,000"}, "not a number"),
        ({"budget_value": "nan"}, "not a number"),
        ({"budget_value": "22.812"}, "its point may part thousands or cents"),
        ({"budget_value": "1e16"}, "more than sixteen digits"),
        ({"budget_value": "9e99"}, "not a number"),
        ({"budget_asof": "2009-02-30T00:00:00Z"}, "its point in time is not a date"),
        ({"budget_asof": "last year"}, "its point in time is not a date"),
    ],
)
def test_an_amount_that_nobody_can_know_is_refused_alone(
    tmp_path: Path, values: dict[str, str], reason: str
) -> None:
    row = film("Q5", **(USD | values)) | {
        "box_office_value": "7", "box_office_currency_qid": "Q4916",
    }  # fmt: skip
    lake = load(tmp_path, {"wikidata.csv": table(WIKIDATA, [row])})
    assert lake.rejects("amounts") == [("wikidata.csv", 2, "budget_value", reason)]
    assert lake.rows("amounts", AMOUNT) == [("Q5", "gross", "unspecified", 7, "EUR", None)]


def test_an_area_that_is_no_country_is_refused(tmp_path: Path) -> None:
    row = film(box_office_value="5", box_office_currency_qid="Q4917", box_office_region_qid="Q49")
    lake = load(tmp_path, {"wikidata.csv": table(WIKIDATA, [row])})
    reason = "the area Q49 is no country of the list"
    assert lake.rejects("amounts") == [("wikidata.csv", 2, "box_office_value", reason)]


def test_a_record_without_an_item_names_no_film(tmp_path: Path) -> None:
    rows = [film("", rotten_tomatoes_link="m/x"), film("P31", **USD), film("Q1")]
    lake = load(tmp_path, {"wikidata.csv": table(WIKIDATA, rows)})
    assert lake.rejects("films") == [
        ("wikidata.csv", 2, "wd_film_qid", "no value"),
        ("wikidata.csv", 3, "wd_film_qid", "not an item (Q and digits)"),
    ]
    assert lake.raw_lines("films")[0].startswith(b"m/x,,Film ")
    assert lake.counts(None) == (0, 0, 0, 0)


def test_an_id_that_is_no_title_is_left_out_and_said(tmp_path: Path) -> None:
    rows = [film("Q1", imdb_id="co0057712"), film("Q2", imdb_id="tt0000001|tt0000002"), film("Q3")]
    lake = load(tmp_path, {"wikidata.csv": table(WIKIDATA, rows)})
    assert lake.rows("films", "imdb_title_id") == [(None,), (None,), (None,)]
    assert lake.warnings() == [
        "records without a usable imdb_id: 2 (line 2 has 'co0057712', "
        "line 3 has 'tt0000001|tt0000002')"
    ]


def test_repeats_are_told_from_films_that_say_more(tmp_path: Path) -> None:
    gross = {"box_office_value": "9", "box_office_currency_qid": "Q4917"}
    rows = [
        film("Q1", **USD, **gross),
        film("Q1", **USD, **gross),
        film("Q1", **USD, **gross, box_office_region_qid="Q30"),
        film("Q1", budget_value="7", budget_currency_qid="Q4916"),
    ]
    lake = load(tmp_path, {"wikidata.csv": table(WIKIDATA, rows)})
    key = "source, source_record_id"
    assert [row[1:] for row in lake.rejects("films")] == [
        (3, key, "the same as line 2"),
        (4, key, "repeats the key of line 2 with other values"),
        (5, key, "repeats the key of line 2 with other values"),
    ]
    assert lake.rows("amounts", AMOUNT) == [
        ("Q1", "budget", "unspecified", Decimal(95000000), "USD", None),
        ("Q1", "gross", "US", Decimal(9), "USD", None),
        ("Q1", "gross", "unspecified", Decimal(9), "USD", None),
    ]
    assert [row[1:] for row in lake.rejects("amounts")] == [
        (4, "budget_value", "the same as line 2"),
        (5, "budget_value", "repeats line 2 with another value"),
    ]
    assert lake.counts("wikidata.csv") == (4, 1, 3, 3)
    assert lake.counts(None) == (5, 3, 2, 2)


def test_of_several_amounts_the_newest_known_one_is_kept(tmp_path: Path) -> None:
    def gross(value: str, as_of: str) -> dict[str, str]:
        return film(box_office_value=value, box_office_currency_qid="Q4917", box_office_asof=as_of)

    rows = [
        gross("5", ""),
        gross("6", "2001-01-01T00:00:00Z"),
        gross("7", "2009-01-01T00:00:00Z"),
        gross("0", "2020-01-01T00:00:00Z"),
    ]
    lake = load(tmp_path, {"wikidata.csv": table(WIKIDATA, rows)})
    assert lake.rows("amounts", "amount, line_number") == [(Decimal(7), 4)]
    assert [row[1] for row in lake.rejects("amounts")] == [2, 3, 5]


def test_files_that_overlap_are_one_set_of_films(tmp_path: Path) -> None:
    files = {
        "wikidata_1.csv": table(WIKIDATA, [film("Q1", **USD), film("Q2", **USD)]),
        "wikidata_2.json": result([film("Q2", **USD), film("Q3", **USD)]),
    }
    lake = load(tmp_path, files)
    assert lake.rows("films", "source_record_id, source_file") == [
        ("Q1", "wikidata_1.csv"), ("Q2", "wikidata_1.csv"), ("Q3", "wikidata_2.json"),
    ]  # fmt: skip
    assert lake.rejects("films") == [
        ("wikidata_2.json", 1, "source, source_record_id", "the same as line 3 of wikidata_1.csv")
    ]
    assert lake.counts("wikidata_1.csv") == (2, 2, 0, 0)
    assert lake.counts("wikidata_2.json") == (2, 1, 1, 1)


def test_a_result_may_be_gzipped(tmp_path: Path) -> None:
    packed = gzip.compress(result([film("Q1", **USD)]).encode())
    assert len(load(tmp_path, {"wikidata.json.gz": packed}).rows("films")) == 1


def test_a_binding_that_is_no_object_is_refused(tmp_path: Path) -> None:
    text = json.loads(result([film("Q1", **USD)]))
    text["results"]["bindings"] += [7, None]
    lake = load(tmp_path, {"wikidata.json": json.dumps(text)})
    assert lake.rejects("films") == [
        ("wikidata.json", 2, None, "not a JSON object"),
        ("wikidata.json", 3, None, "not a JSON object"),
    ]
    assert lake.raw_lines("films") == [b"7", b"null"]


WHOLE = result([film(f"Q{number}", **USD) for number in range(1, 40)])


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.999])
def test_a_result_cut_short_is_damaged(tmp_path: Path, cut: float) -> None:
    with pytest.raises(SourceDamagedError, match=r"wikidata\.json: not a whole SPARQL result"):
        load(tmp_path, {"wikidata.json": WHOLE[: int(len(WHOLE) * cut)]})


@pytest.mark.parametrize("tail", ["java.util.concurrent.TimeoutException", WHOLE])
def test_a_result_with_more_behind_it_is_damaged(tmp_path: Path, tail: str) -> None:
    with pytest.raises(SourceDamagedError, match="not a whole SPARQL result"):
        load(tmp_path, {"wikidata.json": f"{WHOLE}\n{tail}"})


@pytest.mark.parametrize("text", ["{}", '{"boolean": true}', result([])])
def test_json_that_holds_no_films_is_another_format(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceChangedError, match=r"it holds no bindings|its variables lack"):
        load(tmp_path, {"wikidata.json": text})


def test_json_of_another_shape_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(SourceDamagedError, match="not a whole SPARQL result"):
        load(tmp_path, {"wikidata.json": '[{"item": "http://www.wikidata.org/entity/Q1"}]'})


def test_a_result_larger_than_any_answer_is_refused_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wikidata, "MAX_JSON_BYTES", 1000)
    with pytest.raises(SourceDamagedError, match="more than 1000 bytes"):
        load(tmp_path, {"wikidata.json.gz": gzip.compress(WHOLE.encode())})


def test_an_answer_without_the_amounts_is_another_query_s(tmp_path: Path) -> None:
    text = result([film("Q1", **USD)]).replace("budget_value", "cost")
    with pytest.raises(SourceChangedError, match="its variables lack budget_value"):
        load(tmp_path, {"wikidata.json": text})


@pytest.mark.parametrize("value", ["5", {}, {"value": None}, {"value": 5}, {"value": ["5"]}, [5]])
def test_a_field_that_is_no_text_is_no_silence(tmp_path: Path, value: object) -> None:
    document = json.loads(result([film("Q1", **USD)]))
    document["results"]["bindings"][0]["budget_value"] = value
    lake = load(tmp_path, {"wikidata.json": json.dumps(document)})
    reason = "a field without a value, or with one that is no text"
    assert lake.rejects("films") == [("wikidata.json", 1, None, reason)]


@pytest.mark.parametrize(
    ("sound", "twice"),
    [
        ('"value": "95000000.0"', '"value": "7", "value": "95000000.0"'),
        ('"budget_value": {', '"budget_value": {"value": "7"}, "budget_value": {'),
    ],
)
def test_of_two_values_neither_is_believed(tmp_path: Path, sound: str, twice: str) -> None:
    text = result([film("Q1", **USD), film("Q2")])
    assert sound in text
    lake = load(tmp_path, {"wikidata.json": text.replace(sound, twice)})
    assert lake.rejects("films") == [("wikidata.json", 1, None, "it has a key twice")]
    assert lake.rows("films", "source_record_id") == [("Q2",)]


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        ("wikidata.json", result([film("Q1")]).encode() + b"x"),
        ("wikidata.json.gz", gzip.compress(result([film("Q1")]).encode(), mtime=0)[:-3]),
    ],
)
def test_a_refusal_of_json_names_the_file_and_no_path_of_ours(
    tmp_path: Path, name: str, damaged: bytes
) -> None:
    with pytest.raises(SourceDamagedError) as raised:
        load(tmp_path, {name: damaged})
    assert raised.value.location == name
    assert str(tmp_path) not in str(raised.value)
