"""Records of every feed meet the titles and people they mean, on a whole build."""

import pytest

from tests.integration.dbt.conftest import Built, build
from tests.integration.dbt.lake import ROWS
from tests.integration.dbt.lake_feeds import Rows

NO_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
IMDB = {
    **ROWS,
    "title_basics": ROWS["title_basics"].rstrip()
    + """,
        (100, 'movie', 'The Salt Meadow', 'The Salt Meadow', false, 2004, null, 100, ['Drama']),
        (101, 'movie', 'Nine Kites', 'Neun Drachen', false, 1999, null, 90, ['Comedy']),
        (102, 'short', 'Nine Kites', 'Nine Kites', false, 1999, null, 9, ['Comedy']),
        (103, 'movie', 'Glass Tide', 'Glass Tide', false, 1988, null, 95, ['Drama']),
        (104, 'movie', 'Glass Tide', 'Glass Tide', false, 1988, null, 97, ['Drama']),
        (105, 'movie', 'L''Île étrange', 'L''Île étrange', false, 1977, null, 80, null),
        (106, 'tvMiniSeries', 'Race to the Reef', 'Race to the Reef', false, 2007, 2007, 240,
            ['Adventure', 'Sci-Fi']),
        (107, 'movie', 'Ember & Ash II', 'Ember & Ash II', false, 2012, null, 99, null),
        (108, 'tvSeries', 'Lantern Street', 'Lantern Street', false, 2012, 2015, 45, null),
        (109, 'tvEpisode', 'The Long Way', 'The Long Way', false, 2013, null, 45, null),
        (110, 'movie', 'Crossing the Reef', 'Crossing the Reef', false, 2000, null, 113,
            ['Adventure', 'Sci-Fi', 'Thriller']),
        (111, 'movie', 'Harvest Moon Rising', 'Harvest Moon Rising', false, 2015, null, 90, null),
        (112, 'movie', 'Harvest Moon Rising', 'Harvest Moon Rising', false, 2015, null, 90, null),
        (113, 'short', 'Tin Harbour', 'Tin Harbour', false, 2006, null, 9, null),
        (114, 'movie', 'Copper Gate', 'Copper Gate', false, 2010, null, 90, null),
        (115, 'tvMiniSeries', 'Banks', 'Banks', false, 2007, 2007, 240, ['Drama']),
        (116, 'tvMiniSeries', 'Shores', 'Shores', false, 2007, 2007, 240, ['Drama'])
    """,
    "title_akas": ROWS["title_akas"].rstrip()
    + """,
        (106, 1, 'Wettlauf zum Riff', 'DE', null, null, null, false),
        (115, 1, 'Zwei Ufer', 'DE', null, null, null, false),
        (116, 1, 'Zwei Ufer', 'DE', null, null, null, false)
    """,
    "title_episode": ROWS["title_episode"] + ", (109, 108, 2, 5)",
    "title_ratings": ROWS["title_ratings"] + ", (100, 7.0, 1500), (111, 7.5, 90000), (112, 5.0, 8)",
    "title_crew": ROWS["title_crew"].rstrip() + ", (110, [33], null)",
    "title_principals": ROWS["title_principals"].rstrip()
    + """,
        (106, 1, 30, 'actor', null, ['Mission Chief']),
        (106, 2, 31, 'actress', null, ['Lucia', 'Her Double']),
        (110, 1, 34, 'actor', null, null), (110, 2, 35, 'actor', null, null)
    """,
    "name_basics": ROWS["name_basics"].rstrip()
    + """,
        (30, 'Frank Ørsted', null, null, null, null), (31, 'Elisa Bourne', null, null, null, null),
        (33, 'Bria Palmer', null, null, null, null), (34, 'Tim Rowe', null, null, null, null),
        (35, 'Gary Sand', null, null, null, null)
    """,
}
MOVIELENS: Rows = {
    "titles": [
        {
            "source": "movielens",
            "source_title_id": 1,
            "title": "Paper Lanterns",
            "release_year": 1994,
        },
        {
            "source": "movielens",
            "source_title_id": 2,
            "title": "Salt Meadow, The",
            "release_year": 2004,
        },
        {
            "source": "movielens",
            "source_title_id": 3,
            "title": "Nine Kites (Neun Drachen)",
            "release_year": 1999,
        },
        {"source": "movielens", "source_title_id": 4, "title": "Glass Tide", "release_year": 1988},
        {"source": "movielens", "source_title_id": 5, "title": "Unheard Of", "release_year": 2001},
        {"source": "movielens", "source_title_id": 6, "title": "Linked Away", "release_year": 1990},
        {
            "source": "movielens",
            "source_title_id": 7,
            "title": "Harvest Moon Rising",
            "release_year": 2015,
        },
        # namesakes that nobody voted on: a short, and a film of the next year
        {"source": "movielens", "source_title_id": 8, "title": "Tin Harbour", "release_year": 2006},
        {"source": "movielens", "source_title_id": 9, "title": "Copper Gate", "release_year": 2009},
    ],
    "links": [
        {"source": "movielens", "source_title_id": 1, "imdb_title_id": 1, "tmdb_id": 11},
        {"source": "movielens", "source_title_id": 6, "imdb_title_id": 900, "tmdb_id": 96},
    ],
    "ratings": [
        {"source": "movietweetings", "user_id": 1, "source_title_id": 85, "rating_scale": "0-10"},
        {"source": "movielens", "user_id": 1, "source_title_id": 77, "rating_scale": "0.5-5"},
    ],
}
REVIEWS: Rows = {
    "reviews": [
        {"source": "spoiler", "source_review_id": "a", "title_id": 100},
        {
            "source": "ieee",
            "source_review_id": "b",
            "title": "The Salt Meadow",
            "release_year": 2005,
        },
        {
            "source": "ieee",
            "source_review_id": "c",
            "title": "Ember and Ash 2",
            "release_year": 2012,
        },
        {
            "source": "ieee",
            "source_review_id": "d",
            "title": "Ember and Ash 2",
            "release_year": 2012,
        },
        {"source": "ieee", "source_review_id": "e", "title": "Only Here", "release_year": 2020},
        {"source": "ieee", "source_review_id": "g", "title": "Ember & Ash 2", "release_year": 2012},
        {"source": "kaggle", "source_review_id": "f"},
    ]
}
BUDGETS: Rows = {
    "films": [
        {
            "source": "tmdb",
            "source_record_id": "11",
            "record_key": -11,
            "tmdb_id": 11,
            "title": "X",
        },
        {
            "source": "wikidata",
            "source_record_id": "Q1",
            "record_key": -21,
            "wikidata_id": "Q1",
            "title": "L'ile etrange",
            "release_year": 1977,
        },
        {
            "source": "the_numbers",
            "source_record_id": "t1",
            "record_key": -31,
            "title": "Unheard Of",
            "release_date": "2001-05-04",
        },
        {
            "source": "tmdb",
            "source_record_id": "12",
            "record_key": -41,
            "tmdb_id": 12,
            "title": "The Unheard-Of",
            "release_year": 2001,
        },
        {"source": "tmdb", "source_record_id": "13", "record_key": -51, "tmdb_id": 13},
    ]
}
PAGES: Rows = {
    "captures": [
        {
            # no title: an alias, cast and date
            "capture_id": -1000,
            "title_type": "tvMiniSeries",
            "genres": ["Adventure", "Sci-Fi"],
            "certificate": "PG",
            "captured_at": "2017-01-01",
        },
        {
            "capture_id": -1001,
            "imdb_title_id": 106,
            "title": "Race to the Reef",
            "title_type": "tvMiniSeries",
            "release_year": 2007,
            "captured_at": "2020-01-01",
            "countries": ["CA"],
            "languages": ["en"],
        },
        {
            "capture_id": -1002,
            "title": "Low Water",
            "title_type": "movie",
            "release_year": 1961,
            "genres": ["Western"],
            "runtime_minutes": 70,
            "rating_average": 6.5,
            "vote_count": 12,
        },
        {
            "capture_id": -1003,
            "title": "An Episode Unnamed",
            "title_type": "tvEpisode",
            "series_imdb_title_id": 108,
            "season_number": 2,
            "episode_number": 5,
        },
        {
            # no title either, and two titles are called so in that year
            "capture_id": -1004,
            "title_type": "tvMiniSeries",
            "genres": ["Drama"],
        },
    ],
    "names": [
        {"capture_id": -1000, "name_order": 1, "title_name": "Wettlauf zum Riff"},
        {"capture_id": -1001, "name_order": 1, "title_name": "Wettlauf zum Riff"},
        {"capture_id": -1001, "name_order": 2, "title_name": "Reef Race", "note": "working title"},
        {"capture_id": -1002, "name_order": 1, "title_name": "Ebbe"},
        {"capture_id": -1004, "name_order": 1, "title_name": "Zwei Ufer"},
    ],
    "releases": [
        {
            "capture_id": -1000,
            "release_order": 1,
            "release_date": "2007-09-23",
            "date_precision": "day",
        },
        {
            "capture_id": -1004,
            "release_order": 1,
            "release_date": "2007-10-01",
            "date_precision": "day",
        },
    ],
    "credits": [
        # in the dumps by name, whatever the accents; by role; and known to pages alone
        {
            "capture_id": -1000,
            "credit_order": 1,
            "person_name": "Frank Orsted",
            "person_key": -1,
            "category": "actor",
            "characters": ["Mission Chief"],
            "episode_count": 2,
            "first_year": 2007,
        },
        {
            "capture_id": -1000,
            "credit_order": 2,
            "category": "actor",
            "characters": ["Lucia"],
            "episode_count": 1,
        },
        {
            "capture_id": -1000,
            "credit_order": 3,
            "person_name": "Vlasta Vane",
            "person_key": -3,
            "category": "actor",
            "characters": ["Narrator"],
        },
        {"capture_id": -1000, "credit_order": 4, "category": "actor", "characters": ["Controller"]},
        # the newer capture says the same and a little more
        {
            "capture_id": -1001,
            "credit_order": 1,
            "person_name": "Vlasta Vane",
            "person_key": -4,
            "category": "actor",
            "characters": ["Narrator"],
            "episode_count": 3,
        },
        {
            "capture_id": -1001,
            "credit_order": 2,
            "person_name": "No Dump's",
            "person_key": -5,
            "imdb_person_id": 990,
            "category": "writer",
        },
        {"capture_id": -1001, "credit_order": 3, "category": "actor", "characters": ["Controller"]},
    ],
    "also_liked": [
        {"capture_id": -1000, "liked_order": 1, "title": "The Salt Meadow", "release_year": 2004},
        {
            # its heading was lost
            "capture_id": -1000,
            "liked_order": 2,
            "genres": ["Adventure", "Sci-Fi", "Thriller"],
            "directors": ["Bria Palmer"],
            "stars": ["Tim Rowe", "Gary Sand", "Dora Unknown"],
        },
        {"capture_id": -1000, "liked_order": 3, "title": "Nowhere Known", "release_year": 2003},
        {"capture_id": -1000, "liked_order": 4, "imdb_title_id": 901, "title": "Claimed Alone"},
        {
            # two people, and other genres: too little
            "capture_id": -1000,
            "liked_order": 5,
            "genres": ["Drama"],
            "stars": ["Tim Rowe", "Gary Sand"],
        },
    ],
}
FEEDS = {"movielens": MOVIELENS, "reviews": REVIEWS, "budgets": BUDGETS, "pages": PAGES}
MATCHES = """
    select feed, source, source_record_id, outcome, method, title_id
    from ops.match_results order by all
"""


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("joined"), IMDB, *NO_UNIT_TESTS, feeds=FEEDS)


def test_the_project_builds_and_every_test_holds(joined: Built) -> None:
    assert joined.exit_code == 0, joined.output


def test_each_record_has_one_outcome_with_its_method(joined: Built) -> None:
    assert joined.rows(MATCHES) == [
        ("budgets", "the_numbers", "t1", "unmatched", "own_title", -41),
        ("budgets", "tmdb", "11", "matched", "tmdb_id", 1),
        ("budgets", "tmdb", "12", "unmatched", "own_title", -41),
        ("budgets", "tmdb", "13", "unmatched", "own_title", -51),
        ("budgets", "wikidata", "Q1", "matched", "title_and_year", 105),
        ("movielens", "movielens", "1", "matched", "imdb_id", 1),
        ("movielens", "movielens", "2", "matched", "title_and_year", 100),
        ("movielens", "movielens", "3", "matched", "title_and_year", 101),
        ("movielens", "movielens", "4", "ambiguous", "title_and_year", None),
        ("movielens", "movielens", "5", "unmatched", "own_title", -41),
        ("movielens", "movielens", "6", "matched", "imdb_id", 900),
        ("movielens", "movielens", "7", "matched", "title_and_year", 111),
        ("movielens", "movielens", "77", "unmatched", None, None),
        ("movielens", "movielens", "8", "unmatched", "title_and_year", None),
        ("movielens", "movielens", "9", "unmatched", "title_and_year", None),
        ("movielens", "movietweetings", "85", "matched", "imdb_id", 85),
        ("pages", "also_liked", "-1000/1", "matched", "title_and_year", 100),
        ("pages", "also_liked", "-1000/2", "matched", "people", 110),
        ("pages", "also_liked", "-1000/3", "unmatched", None, None),
        ("pages", "also_liked", "-1000/4", "matched", "imdb_id", 901),
        ("pages", "also_liked", "-1000/5", "unmatched", "people", None),
        ("pages", "page", "-1000", "matched", "title_year_and_people", 106),
        ("pages", "page", "-1001", "matched", "imdb_id", 106),
        ("pages", "page", "-1002", "unmatched", "own_title", -1002),
        ("pages", "page", "-1003", "matched", "series_and_number", 109),
        ("pages", "page", "-1004", "ambiguous", "other_name_and_year", None),
        ("reviews", "ieee", "Ember & Ash 2 (2012)", "matched", "title_and_year", 107),
        ("reviews", "ieee", "Ember and Ash 2 (2012)", "matched", "title_and_year", 107),
        ("reviews", "ieee", "Only Here (2020)", "unmatched", None, None),
        ("reviews", "ieee", "The Salt Meadow (2005)", "matched", "title_and_year", 100),
        ("reviews", "spoiler", "tt0000100", "matched", "imdb_id", 100),
    ]


def test_a_match_tells_its_evidence_and_its_rivals(joined: Built) -> None:
    rivals = joined.rows("""
        select evidence, round(score, 2), candidate_count, list_sort(candidate_title_ids)
        from ops.match_results where source_record_id = '4'
    """)
    assert rivals == [('title "Glass Tide"; year 1988; type movie; no votes', 0.5, 2, [103, 104])]


def test_a_page_without_a_title_is_known_by_alias_cast_and_date(joined: Built) -> None:
    rows = joined.rows("""
        select evidence, score > 0.99, candidate_count, candidate_title_ids
        from ops.match_results where source_record_id = '-1000'
    """)
    evidence = (
        'other name "Wettlauf zum Riff"; year 2007; type tvMiniSeries; 1 people shared; '
        "genres shared"
    )
    assert rows == [(evidence, True, 1, [106])]
    two_alike = joined.rows("""
        select round(score, 2), candidate_count, candidate_title_ids
        from ops.match_results where source_record_id = '-1004'
    """)
    assert two_alike == [(0.48, 2, [115, 116])]


def test_every_record_by_name_has_its_score_evidence_and_candidates(joined: Built) -> None:
    counts = joined.rows("""
        select
            method, count(*), count(score), count(evidence),
            bool_and(candidate_count = len(candidate_title_ids)),
            bool_and(score between 0 and 1),
            bool_and((title_id is not null) = (outcome = 'matched'))
        from ops.match_results
        where method in ('title_and_year', 'title_year_and_people', 'other_name_and_year',
            'people', 'series_and_number')
        group by all order by all
    """)
    assert {row[0] for row in counts} == {
        "other_name_and_year",
        "people",
        "series_and_number",
        "title_and_year",
        "title_year_and_people",
    }
    for method, records, *rest in counts:
        assert rest == [records, records, True, True, True], method


def test_titles_of_our_own_have_their_rows(joined: Built) -> None:
    rows = joined.rows("""
        select
            title_id, imdb_title_id, title_type, primary_title, release_year, runtime_minutes,
            genres, rating_average::double, vote_count, is_inferred, identity_source
        from marts.dim_titles where title_id < 0 order by all
    """)
    page = ("movie", "Low Water", 1961, 70, ["Western"], 6.5, 12, False, "page")
    bare = (None, None, None, None)
    assert rows == [
        (-1002, None, *page),
        (-51, None, None, None, None, *bare, False, "tmdb"),
        (-41, None, None, "The Unheard-Of", 2001, *bare, False, "tmdb"),
    ]
    genres = joined.rows("select genre_id from marts.bridge_titles_genres where title_id = -1002")
    assert genres == [("western",)]


def test_a_title_known_by_its_id_alone_is_called_as_the_feed_calls_it(joined: Built) -> None:
    rows = joined.rows("""
        select title_id, primary_title, is_inferred, identity_source
        from marts.dim_titles where title_id in (900, 901) order by all
    """)
    assert rows == [
        (900, "Linked Away", True, "imdb"),
        (901, "Claimed Alone", True, "imdb"),
    ]


def test_a_page_adds_what_dumps_lack_to_a_title(joined: Built) -> None:
    rows = joined.rows("""
        select certificate, countries, languages, runtime_minutes
        from marts.dim_titles where title_id = 106
    """)
    assert rows == [("PG", ["CA"], ["en"], 240)]
    names = joined.rows("""
        select name_source, name_order, title_name, attributes
        from marts.dim_title_names where title_id in (106, -1002) order by all
    """)
    assert names == [
        ("imdb", 1, "Wettlauf zum Riff", None),
        ("page", 1, "Ebbe", None),
        ("page", 1, "Wettlauf zum Riff", None),
        ("page", 2, "Reef Race", ["working title"]),
    ]


def test_page_credits_add_to_the_dumps_and_repeat_nothing(joined: Built) -> None:
    rows = joined.rows("""
        select credit_number, person_id, category, characters, credit_source, episode_count
        from marts.fct_credits where title_id = 106 order by all
    """)
    assert rows == [
        (1, 30, "actor", ["Mission Chief"], "principals", 2),
        (2, 31, "actress", ["Lucia", "Her Double"], "principals", 1),
        (3, -4, "actor", ["Narrator"], "page", 3),
        (4, 990, "writer", None, "page", None),
        (5, None, "actor", ["Controller"], "page", None),
    ]
    people = joined.rows("""
        select person_id, imdb_person_id, person_name, is_inferred
        from marts.dim_people where person_id in (-3, -4, 990) order by all
    """)
    assert people == [(-4, None, "Vlasta Vane", False), (990, "nm0000990", "No Dump's", True)]


def test_the_crosswalk_keeps_what_a_match_replaced(joined: Built) -> None:
    rows = joined.rows("from marts.bridge_titles_external_ids order by all")
    assert (1, "imdb", "tt0000001") in rows
    assert (1, "tmdb", "11") in rows
    assert (1, "movielens", "1") in rows
    assert (105, "wikidata", "Q1") in rows
    # what its key as a title of our own would have been
    assert (105, "arthouse", "-21") in rows
    assert (106, "arthouse", "-1000") in rows
    assert (-41, "arthouse", "-31") in rows
    assert (-41, "the_numbers", "t1") in rows
    assert (106, "arthouse", "-1001") not in rows


def test_what_other_feeds_name_alone_is_counted_as_orphans(joined: Built) -> None:
    rows = joined.rows("""
        select orphan_row_count, orphan_member_count from ops.orphans
        where table_name = 'match_results'
    """)
    # 85 too: a rating of the dumps without a title
    assert rows == [(3, 3)]
