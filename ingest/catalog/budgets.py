"""Budgets and box office: Wikidata, The Numbers, TMDB."""

from ingest.catalog.entry import Feed, Source, Table, columns

BUDGETS = Feed(
    name="budgets",
    location="",
    cron="20 3 * * 0",
    cadence="Wikidata changes by the minute; the others are extracts of a day",
    patterns=(
        "wikidata*.csv",
        "wikidata*.json",
        "the_numbers*.csv",
        "tmdb_5000_movies*.csv",
        "TMDB_movie_dataset*.csv",
        "movies_metadata*.csv",
        "movie_metadata*.csv",  # refused: its currencies are silent
    ),
    reject_budget=0.1,
    tables=(
        # What a source says of a film, and the ids it gives. record_key: a negative number from a
        # hash of (source, source_record_id), the title's key if no IMDb dump knows the film.
        Table(
            name="films",
            columns=columns(
                "source:text! source_record_id:text! record_key:long! imdb_title_id:title_id "
                "wikidata_id:text tmdb_id:long title:text original_title:text "
                "release_year:year release_date:date source_file:text! line_number:long!"
            ),
            key=("source", "source_record_id"),
        ),
        # amount is NULL where the source has 0, a negative number or `$0`: it says that there was
        # an amount and that it is unknown. currency_code is ISO 4217.
        Table(
            name="amounts",
            columns=columns(
                "source:text! source_record_id:text! amount_kind:text! area:text! "
                "amount:amount currency_code:text is_estimated:flag! as_of_date:date "
                "source_file:text! line_number:long!"
            ),
            key=("source", "source_record_id", "amount_kind", "area"),
        ),
    ),
    sources=(
        Source(
            name="wikidata",
            publisher="Wikidata",
            url="https://www.wikidata.org/wiki/Wikidata:Data_access",
            licence="CC0 1.0",
            attribution="Data from Wikidata, CC0 1.0",
            may_redistribute=True,
        ),
        Source(
            name="the_numbers",
            publisher="The Numbers (Nash Information Services)",
            url="https://www.the-numbers.com/movie/budgets/all",
            licence="All rights reserved: personal use; ask before publishing",
            attribution="Budget and box office data from The Numbers (https://www.the-numbers.com)",
            may_redistribute=False,
        ),
        Source(
            name="tmdb",
            publisher="The Movie Database (TMDB)",
            url="https://www.themoviedb.org/documentation/api/terms-of-use",
            licence="TMDB terms of use: non-commercial use with attribution",
            attribution="This product uses TMDB data but is not endorsed or certified by TMDB.",
            may_redistribute=False,
        ),
    ),
)
