"""What a release promises of titles, people, credits and ratings."""

from expectations.marts.promise import Promise

# Our own keys, of those whom pages alone know, are negative.
DESCRIBED = {"described_count": "count(*) filter (where not is_inferred and person_id > 0)"}
DESCRIBED_BY_IMDB = {
    "described_count": "count(*) filter (where not is_inferred and identity_source = 'imdb')"
}
IMDB_NAMES = {"imdb_name_count": "count(*) filter (where name_source = 'imdb')"}
TITLES = {**DESCRIBED_BY_IMDB, "rated_count": "count(rating_average)"}
CREDITS = {"principal_count": "count(*) filter (where credit_source in ('principals', 'both'))"}

PROMISES = {
    "dim_titles": Promise(
        key=("title_id",),
        elements=("title_type",),
        measures=TITLES,
        holds={"described_count": ("imdb.title_basics",), "rated_count": ("imdb.title_ratings",)},
        ranges={
            "rating_average": (1.0, 10.0),
            "weighted_rating": (1.0, 10.0),
            "vote_count": (1, None),
        },
        never_empty="imdb",
    ),
    "dim_people": Promise(
        key=("person_id",),
        measures=DESCRIBED,
        holds={"described_count": ("imdb.name_basics",)},
        never_empty="imdb",
    ),
    "dim_genres": Promise(key=("genre_id",), elements=("genre_name",), never_empty="imdb"),
    "bridge_titles_genres": Promise(key=("title_id", "genre_id")),
    "fct_credits": Promise(
        key=("title_id", "credit_number"),
        elements=("category", "credit_source"),
        measures=CREDITS,
        holds={"principal_count": ("imdb.title_principals",)},
        never_empty="imdb",
    ),
    "dim_title_names": Promise(
        key=("title_id", "name_source", "name_order"),
        elements=("region", "language"),
        measures=IMDB_NAMES,
        holds={"imdb_name_count": ("imdb.title_akas",)},
    ),
    "bridge_series_episodes": Promise(
        key=("episode_id",), holds={"row_count": ("imdb.title_episode",)}
    ),
    "bridge_people_known_titles": Promise(key=("person_id", "title_id")),
    "fct_title_ratings_daily": Promise(
        key=("title_id", "rating_date"),
        ranges={"rating_average": (1.0, 10.0), "vote_count": (1, None)},
        never_empty="imdb",
    ),
}
