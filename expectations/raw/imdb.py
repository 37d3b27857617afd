"""What IMDb's dumps promise, table by table."""

from expectations.limits import RawLimits
from expectations.raw import imdb_values
from expectations.raw.promise import Promise

# Film begins with a planet's transit photographed in 1874; people in the credits may be ancient.
FIRST_TITLE_YEAR = 1870
FIRST_PERSON_YEAR = 1
# The longest known film runs 51,420 minutes.
LONGEST_RUNTIME_MINUTES = 100_000


def promises(year: int, limits: RawLimits) -> dict[str, Promise]:
    """By table; `year` is the present one."""
    title_years = (FIRST_TITLE_YEAR, year + limits.years_ahead)
    person_years = (FIRST_PERSON_YEAR, year)
    return {
        "title_basics": Promise(
            key=("tconst",),
            ranges={
                "startYear": title_years,
                "endYear": title_years,
                "runtimeMinutes": (None, LONGEST_RUNTIME_MINUTES),
            },
            rarely_null=("titleType", "primaryTitle", "originalTitle"),
            watched=("isAdult", "startYear", "runtimeMinutes", "genres"),
            known={"titleType": imdb_values.TITLE_TYPES, "genres": imdb_values.GENRES},
        ),
        "title_akas": Promise(
            key=("titleId", "ordering"),
            rarely_null=("title",),
            watched=("region", "language", "types", "isOriginalTitle"),
            known={"types": imdb_values.NAME_TYPES},
        ),
        "title_crew": Promise(key=("tconst",), watched=("directors", "writers")),
        "title_episode": Promise(key=("tconst",), watched=("seasonNumber", "episodeNumber")),
        "title_principals": Promise(
            key=("tconst", "ordering"),
            rarely_null=("category",),
            watched=("job", "characters"),
            known={"category": imdb_values.CATEGORIES},
        ),
        "title_ratings": Promise(
            key=("tconst",),
            strict_ranges={"averageRating": (1.0, 10.0), "numVotes": (1, None)},
        ),
        "name_basics": Promise(
            key=("nconst",),
            ranges={"birthYear": person_years, "deathYear": person_years},
            rarely_null=("primaryName",),
            watched=("birthYear", "primaryProfession", "knownForTitles"),
            known={"primaryProfession": imdb_values.PROFESSIONS},
        ),
    }
