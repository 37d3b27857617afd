"""User ratings: GroupLens' MovieLens releases, and MovieTweetings."""

from ingest.catalog.entry import Feed, Source, Table, columns

MOVIELENS = Feed(
    name="movielens",
    location="https://files.grouplens.org/datasets/movielens/ml-32m.zip",
    cron="10 3 * * 0",
    cadence="a release stays as it is; a new one comes every few years",
    patterns=("ml-*.zip", "ratings.csv", "movies.csv", "links.csv", "tags.csv", "*.dat"),
    tables=(
        Table(
            name="ratings",
            # `source_title_id` is MovieLens' movieId, or the digits of IMDb's id (MovieTweetings).
            # `rating_scale` is `0.5-5` or `0-10`.
            columns=columns(
                "source:text! user_id:long! source_title_id:long! rating_original:rating! "
                "rating_scale:text! rated_at:instant!"
            ),
            key=("source", "user_id", "source_title_id"),
        ),
        Table(
            name="tags",
            columns=columns(
                "source:text! user_id:long! source_title_id:long! tag:text! tagged_at:instant!"
            ),
            key=("source", "user_id", "source_title_id", "tag"),
        ),
        Table(
            name="titles",
            columns=columns(
                "source:text! source_title_id:long! title:text release_year:year genres:texts"
            ),
            key=("source", "source_title_id"),
        ),
        Table(
            name="links",
            columns=columns(
                "source:text! source_title_id:long! imdb_title_id:title_id tmdb_id:long"
            ),
            key=("source", "source_title_id"),
        ),
    ),
    sources=(
        Source(
            name="movielens",
            publisher="GroupLens, University of Minnesota",
            url="https://grouplens.org/datasets/movielens/",
            licence="MovieLens terms: research use, no commercial use without permission, "
            "redistribution only under the same terms",
            attribution="F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: "
            "History and Context. ACM TiiS 5, 4, Article 19. https://doi.org/10.1145/2827872",
            may_redistribute=False,
        ),
        Source(
            name="movietweetings",
            publisher="S. Dooms, Ghent University",
            url="https://github.com/sidooms/MovieTweetings",
            licence="MovieTweetings: research use with attribution",
            attribution="Dooms, S., De Pessemier, T., Martens, L. 2013. MovieTweetings: a Movie "
            "Rating Dataset Collected From Twitter. CrowdRec at RecSys 2013",
            may_redistribute=False,
        ),
    ),
)
