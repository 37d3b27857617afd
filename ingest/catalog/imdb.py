"""IMDb's seven dumps."""

from ingest.catalog.entry import Feed, Source, Table, columns

IMDB = Feed(
    name="imdb",
    location="https://datasets.imdbws.com/",
    cron="30 4 * * *",
    cadence="daily; IMDb replaces each file in place and keeps no older one",
    tables=(
        Table(
            name="title_principals",
            file="title.principals.tsv",
            columns=columns(
                "tconst:title_id! ordering:whole! nconst:person_id! category:text job:text "
                "characters:json_texts"
            ),
            key=("tconst", "ordering"),
        ),
        Table(
            name="title_akas",
            file="title.akas.tsv",
            columns=columns(
                "titleId:title_id! ordering:whole! title:text region:text language:text "
                "types:stx_texts attributes:stx_texts isOriginalTitle:flag"
            ),
            key=("titleId", "ordering"),
        ),
        Table(
            name="title_basics",
            file="title.basics.tsv",
            columns=columns(
                "tconst:title_id! titleType:text primaryTitle:text originalTitle:text "
                "isAdult:flag startYear:year endYear:year runtimeMinutes:whole "
                "genres:comma_texts"
            ),
            key=("tconst",),
        ),
        Table(
            name="name_basics",
            file="name.basics.tsv",
            columns=columns(
                "nconst:person_id! primaryName:text birthYear:year deathYear:year "
                "primaryProfession:comma_texts knownForTitles:title_ids"
            ),
            key=("nconst",),
        ),
        Table(
            name="title_crew",
            file="title.crew.tsv",
            columns=columns("tconst:title_id! directors:person_ids writers:person_ids"),
            key=("tconst",),
        ),
        Table(
            name="title_episode",
            file="title.episode.tsv",
            columns=columns(
                "tconst:title_id! parentTconst:title_id! seasonNumber:whole episodeNumber:whole"
            ),
            key=("tconst",),
        ),
        Table(
            name="title_ratings",
            file="title.ratings.tsv",
            columns=columns("tconst:title_id! averageRating:rating! numVotes:whole!"),
            key=("tconst",),
        ),
    ),
    sources=(
        Source(
            name="imdb",
            publisher="IMDb",
            url="https://developer.imdb.com/non-commercial-datasets/",
            licence="IMDb non-commercial terms: personal use only, no republishing",
            attribution=(
                "Information courtesy of IMDb (https://www.imdb.com). Used with permission."
            ),
            may_redistribute=False,
        ),
    ),
)
