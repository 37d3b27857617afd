"""The page of budgets against the tables it is made from."""

import statistics
from pathlib import Path

import pytest

from dashboards.reader import Release, Row
from tests.integration.dashboards.emptied import emptied
from tests.integration.dashboards.shown import Opened, words

EVERYTHING: Row = {"is_real": False, "genre": None, "decade": None, "words": ""}
MANY = 10_000
TABLES = ["fct_budgets", "fct_box_office", "rpt_budget_performance"]


def count(release: Release, sql: str, **parameters: object) -> int:
    """The one number that a question of ours has for an answer."""
    [answer] = release.cursor().execute(sql, parameters).fetchone() or [0]
    return int(answer)


def test_points_and_boxes_together_are_every_title_with_a_return(release: Release) -> None:
    question = {**EVERYTHING, "point_count": 100}
    points = release.rows("budgets/points", **question)
    boxes = release.rows("budgets/bins", **question)
    everyone = count(
        release,
        """
        select count(*) from marts.rpt_budget_performance
        where grain = 'title' and budget_usd > 0 and worldwide_gross_usd > 0
        """,
    )
    assert len(points) == 100
    assert len(points) + sum(box["title_count"] for box in boxes) == everyone
    assert release.rows("budgets/bins", **{**question, "point_count": MANY}) == []


def test_a_box_holds_no_larger_title_than_the_points(release: Release) -> None:
    points = release.rows("budgets/points", **EVERYTHING, point_count=100)
    least = min(max(point["cost"], point["gross"]) for point in points)
    boxes = release.rows("budgets/bins", **EVERYTHING, point_count=100)
    assert boxes
    assert all(max(box["cost"], box["gross"]) <= least for box in boxes)


def test_real_dollars_miss_exactly_the_titles_without_prices_of_their_year(
    release: Release,
) -> None:
    real = {**EVERYTHING, "is_real": True}
    [figures] = release.rows("budgets/figures", **real)
    points = release.rows("budgets/points", **real, point_count=MANY)
    unpriced = count(
        release,
        """
        select count(*) from marts.rpt_budget_performance
        where
            grain = 'title' and return_on_budget is not null
            and (budget_usd_real is null or worldwide_gross_usd_real is null)
        """,
    )
    assert unpriced > 0
    assert len(points) == figures["real_return_count"] == figures["return_count"] - unpriced


def test_only_a_worldwide_gross_makes_a_return(release: Release) -> None:
    ranked = release.rows("budgets/ranking", **EVERYTHING, by="gross", row_count=MANY)
    assert ranked
    for title in ranked:
        assert count(
            release,
            """
            select count(*) from marts.fct_box_office
            where
                title_id = $title_id and source = $source and area = 'worldwide'
                and amount_usd = $gross
            """,
            title_id=title["title_id"],
            source=title["worldwide_gross_source"],
            gross=title["gross"],
        )


def test_a_budget_is_shown_in_the_currency_its_source_states(release: Release) -> None:
    ranked = release.rows("budgets/ranking", **EVERYTHING, by="return", row_count=MANY)
    foreign = [title for title in ranked if title["currency_code"] != "USD"]
    assert foreign
    for title in ranked:
        assert count(
            release,
            """
            select count(*) from marts.fct_budgets
            where
                title_id = $title_id and source = $source and amount = $amount
                and currency_code = $currency_code and abs(amount_usd - $cost) < 1
            """,
            title_id=title["title_id"],
            source=title["budget_source"],
            amount=title["amount"],
            currency_code=title["currency_code"],
            cost=title["cost"],
        )


@pytest.mark.parametrize(
    ("by", "field"),
    [
        ("return", "return_on_budget"),
        ("loss", "difference"),
        ("budget", "cost"),
        ("gross", "gross"),
    ],
)
def test_a_ranking_begins_with_the_extreme(release: Release, by: str, field: str) -> None:
    ranked = release.rows("budgets/ranking", **EVERYTHING, by=by, row_count=MANY)
    values = [title[field] for title in ranked]
    assert values == sorted(values, reverse=by != "loss")
    assert by != "loss" or max(values) < 0


def test_a_group_is_chosen_by_genre_or_decade_alone(release: Release) -> None:
    question = {"is_real": False, "few": 10}
    decades = release.rows("budgets/returns", **question, by="decade", genre=None, decade=None)
    films = {row["group_label"]: row["film_count"] for row in decades}
    assert sum(films.values()) == count(
        release,
        """
        select sum(return_title_count) from marts.rpt_budget_performance where grain = 'decade'
        """,
    )
    dramas = release.rows("budgets/returns", **question, by="decade", genre="Drama", decade=None)
    assert 0 < sum(row["film_count"] for row in dramas) < 2 * sum(films.values())
    of_decade = release.rows("budgets/returns", **question, by="genre", genre=None, decade=2010)
    assert {row["film_count"] for row in of_decade if row["group_label"].startswith("Drama")} == {
        row["film_count"] for row in dramas if row["group_label"].startswith("2010s")
    }


def test_every_stated_budget_is_in_one_row_of_sources_and_of_currencies(release: Release) -> None:
    everything = count(release, "select count(*) from marts.fct_budgets")
    sources = release.rows("budgets/sources")
    currencies = release.rows("budgets/currencies", row_count=MANY)
    assert sum(row["budget_count"] for row in sources) == everything
    assert sum(row["budget_count"] for row in currencies) == everything
    for row in currencies:
        reasons = ("usd_count", "unknown_count", "no_rate_count", "no_year_count")
        assert row["budget_count"] == sum(row[reason] for reason in reasons)


def test_titles_whose_budgets_disagree_state_several(release: Release) -> None:
    rows = release.rows("budgets/disagreements", row_count=MANY)
    steps = release.rows("budgets/agreement")
    assert len(rows) == sum(step["title_count"] for step in steps if step["step"] > 1)
    for row in rows:
        amounts = [budget["amount_usd"] for budget in row["budgets"]]
        assert amounts[0] / amounts[-1] == pytest.approx(row["budget_spread_ratio"])


def test_an_address_is_a_choice(opened: Opened, release: Release) -> None:
    choice = {"is_real": True, "genre": "Drama", "decade": 2010, "words": ""}
    [figures] = release.rows("budgets/figures", **choice)
    app = opened("budgets", dollars="Real", genre="Drama", decade="2010s")
    assert not app.exception
    assert figures["return_count"] > 0
    assert f"of {figures['title_count']} with a budget or a gross" in words(app)


@pytest.mark.parametrize("title", ["%", "'; drop table", "[x](y)", "\N{ZERO WIDTH SPACE}"])
def test_any_words_can_be_sought(opened: Opened, title: str) -> None:
    app = opened("budgets", words=title)
    assert not app.exception
    assert "None of the 0 titles chosen" in words(app)


def test_accents_and_case_do_not_matter_in_a_title(release: Release) -> None:
    [plain] = release.rows("budgets/figures", **{**EVERYTHING, "words": "the"})
    [marked] = release.rows("budgets/figures", **{**EVERYTHING, "words": "THÉ"})
    assert plain["title_count"] == marked["title_count"] > 0


@pytest.mark.parametrize("ranking", ["?", ""])
def test_a_wrong_address_shows_everything(opened: Opened, ranking: str) -> None:
    app = opened("budgets", dollars="x", genre="Nothing", decade="12", ranking=ranking)
    assert not app.exception
    assert words(app) == words(opened("budgets"))


def test_without_budgets_the_page_says_how_to_load_some(
    opened: Opened, published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ARTHOUSE_HOME", str(emptied(published, tmp_path, TABLES)))
    app = opened("budgets")
    assert not app.exception
    assert "No budgets are loaded" in words(app)
    assert app.get("vega_lite_chart") == []


@pytest.mark.parametrize("is_real", [False, True])
def test_returns_are_summed_up_by_title_and_by_dollar(release: Release, is_real: bool) -> None:
    unit = "_real" if is_real else ""
    returns = (
        release.cursor()
        .execute(
            f"""
        select budget_usd{unit}, worldwide_gross_usd{unit}
        from marts.rpt_budget_performance
        where grain = 'title' and budget_usd{unit} > 0 and worldwide_gross_usd{unit} > 0
        """
        )
        .fetchall()
    )
    [figures] = release.rows("budgets/figures", **{**EVERYTHING, "is_real": is_real})
    pooled = sum(gross for _, gross in returns) / sum(cost for cost, _ in returns)
    assert figures["pooled_return"] == pytest.approx(pooled)
    if not is_real:
        median = statistics.median(gross / cost for cost, gross in returns)
        assert figures["median_return"] == pytest.approx(median, rel=1e-6)
