"""All five feeds in one night: the sample's, and the publishers' own files."""

import pytest

from ingest.catalog import FEEDS
from tests import shared
from tests.arthouse import Arthouse

pytestmark = pytest.mark.slow

FOLDERS = {"movielens": "ratings"}
# A first night has no history, so nothing can have moved.
EMPTY_AT_FIRST = {"rpt_rating_movers"}
SUBJECT_MARTS = {
    "dim_titles", "dim_people", "dim_genres", "bridge_titles_genres", "bridge_titles_external_ids",
    "fct_credits", "dim_title_names", "bridge_series_episodes", "bridge_people_known_titles",
    "fct_title_ratings_daily", "fct_user_ratings", "fct_user_tags", "bridge_titles_also_liked",
    "fct_reviews", "fct_budgets", "fct_box_office", "fct_releases", "fct_page_captures",
    "bridge_titles_keywords", "dim_title_facts", "rpt_top_titles", "rpt_genres_by_year",
    "rpt_people_careers", "rpt_budget_performance", "rpt_series_heatmaps", "rpt_title_reviews",
    "rpt_rating_movers", "rpt_search_terms", "rpt_title_pages",
}  # fmt: skip
UNACCOUNTED = """
    select feed, source_file, received_count, loaded_count, rejected_count from ops.table_counts
    where received_count <> loaded_count + rejected_count
"""


def marts(house: Arthouse) -> dict[str, int]:
    names = house.query("""
        select table_name from duckdb_tables() where schema_name = 'marts'
        union all select view_name from duckdb_views() where schema_name = 'marts'
    """)
    counted = " union all ".join(
        f"select '{name}', count(*) from marts.{name}" for (name,) in names
    )
    return {str(name): int(str(count)) for name, count in house.query(counted)}


def test_the_sample_fills_every_mart(sample_night: Arthouse) -> None:
    counts = marts(sample_night)
    assert counts.keys() >= SUBJECT_MARTS
    assert {name for name, count in counts.items() if not count} <= EMPTY_AT_FIRST


def test_every_record_of_every_feed_is_accounted_for(sample_night: Arthouse) -> None:
    assert sample_night.query(UNACCOUNTED) == []
    feeds = sample_night.query("select distinct feed from ops.table_counts order by all")
    assert {name for (name,) in feeds} == set(FEEDS)


def test_every_source_of_the_sample_is_said_to_have_data(sample_night: Arthouse) -> None:
    sources = sample_night.query("select feed, source from ops.source_terms where has_data")
    known = {(feed.name, source.name) for feed in FEEDS.values() for source in feed.sources}
    assert set(sources) == known


def test_records_of_the_sample_find_their_titles(sample_night: Arthouse) -> None:
    """They were invented about titles of the same dumps, of which one has a line that is bad."""
    [(titleless, inferred)] = sample_night.query("""
        select count(*) filter (where ratings.title_id is null),
            count(distinct ratings.title_id) filter (where titles.is_inferred)
        from fct_user_ratings as ratings left join dim_titles as titles using (title_id)
    """)
    assert titleless == 0
    assert inferred in (0, 1)


def test_the_same_files_again_are_not_read_again(sample_night: Arthouse) -> None:
    before = sample_night.published()
    sample_night.ingest({name: sample_night.home.parent / "dumps" / name for name in FEEDS})
    assert sample_night.published() == before


@pytest.fixture(scope="module")
def shared_night(tmp_path_factory: pytest.TempPathFactory) -> Arthouse:
    """A home after a night on the publishers' own files."""
    house = Arthouse(tmp_path_factory.mktemp("shared") / "data")
    house.ingest({name: shared.DATA / FOLDERS.get(name, name) for name in FEEDS})
    return house


@shared.needed
def test_real_files_of_every_feed_are_accounted_for(shared_night: Arthouse) -> None:
    assert shared_night.query(UNACCOUNTED) == []
    loaded = shared_night.query("""
        select feed from ops.table_counts group by all having sum(loaded_count) > 0
    """)
    assert {feed for (feed,) in loaded} == set(FEEDS)


@shared.needed
def test_the_founding_page_is_published(shared_night: Arthouse) -> None:
    [(title_id,)] = shared_night.query("""
        select title_id from fct_page_captures where capture_id in (
            select capture_id from dim_title_facts where fact_text = 'Galafilm'
        )
    """)
    facts = shared_night.query(f"""
        select currency_code, amount::bigint, is_estimated, amount_usd > 0, amount_usd_real > 0
        from fct_budgets where title_id = {title_id}
    """)
    assert facts == [("CAD", 12_000_000, True, True, True)]
    [(roles, named)] = shared_night.query(f"""
        select count(*), count(person_id) from fct_credits
        where title_id = {title_id} and episode_count = 2
    """)
    assert (roles, named) == (14, 3)
    liked = shared_night.query(f"""
        select rank, liked_text is not null from bridge_titles_also_liked
        where title_id = {title_id} and evidence = 'page' order by rank
    """)
    assert liked == [(rank, True) for rank in range(1, 10)]
    reviews = shared_night.query(f"""
        select rating_10, helpful_count, vote_count, review_date::varchar, reviewer_location
        from fct_reviews where title_id = {title_id}
    """)
    assert reviews == [(9, 27, 31, "2007-10-03", "Ottawa, Ontario")]
