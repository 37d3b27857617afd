"""Which wording starts which section of a title page, in every layout from 2010 on."""

from enum import Enum, auto

from ingest.feeds.pages.lines import wordings


class Kind(Enum):
    """What a section or a field holds."""

    HEAD = auto()
    DIRECTORS = auto()
    WRITERS = auto()
    CREATORS = auto()
    STARS = auto()
    AWARDS = auto()
    LIKED = auto()
    CAST = auto()
    STORYLINE = auto()
    KEYWORDS = auto()
    TAGLINES = auto()
    GENRES = auto()
    CERTIFICATE = auto()
    SITES = auto()
    COUNTRIES = auto()
    LANGUAGES = auto()
    RELEASE = auto()
    NAMES = auto()
    LOCATIONS = auto()
    MONEY = auto()
    BUDGET = auto()
    OPENING = auto()
    GROSS = auto()
    COMPANIES = auto()
    RUNTIME = auto()
    SOUND = auto()
    COLOR = auto()
    ASPECT = auto()
    SEASONS = auto()
    GROUP = auto()
    TRIVIA = auto()
    GOOFS = auto()
    QUOTES = auto()
    CRAZY_CREDITS = auto()
    VERSIONS = auto()
    CONNECTIONS = auto()
    SOUNDTRACKS = auto()
    FAQ = auto()
    REVIEWS = auto()
    SITE = auto()
    FOOTER = auto()


def _table(**wordings: str) -> dict[str, Kind]:
    return {wording: Kind[kind] for kind, all_ in wordings.items() for wording in all_.split("/")}


# Sections. In lower case, without a colon or the count that follows in the layout of 2022.
SECTIONS = _table(
    LIKED="people who liked this also liked.../people who liked this also liked/more like this/"
    "recommendations/if you like this title, we also recommend...",
    CAST="cast/top cast/series cast/episode cast/top billed cast/cast overview, first billed only/"
    "cast overview/series cast summary/episode cast overview, first billed only/"
    "episode credited cast/credited cast/complete credited cast/cast summary/"
    "first billed cast/voice cast/cast (in credits order)/series credited cast",
    STORYLINE="storyline",
    GROUP="details/did you know?/did you know/technical specs/company credits/top credits",
    MONEY="box office",
    TRIVIA="trivia",
    GOOFS="goofs",
    QUOTES="quotes",
    CRAZY_CREDITS="crazy credits",
    VERSIONS="alternate versions",
    CONNECTIONS="connections/movie connections",
    SOUNDTRACKS="soundtracks/soundtrack",
    FAQ="frequently asked questions/faq",
    REVIEWS="user reviews/user review/user comments",
    SITE="videos/photos/photos & videos/photo gallery/related news/user lists/editorial lists/"
    "related items/share this rating/user polls/take the quiz!/connect with imdb/"
    "around the web/editors' spotlight/message boards/quick links/watch now/watch trailer/"
    "0check in/check in/0share.../share/on disc/on tv/explore more/top picks/"
    "getting started/related lists from imdb users/imdb answers: help fill gaps in our data/"
    "episodes/next on/previous on/browse episodes/watch on/rent/buy/streaming/more from this title/"
    "series navigation/all episodes/previous episode/next episode/news/featured videos/"
    "more to explore/recently viewed",
    FOOTER="contribute to this page",
)
# Fields: a label, with its value on the same line or on the next ones.
FIELDS = _table(
    DIRECTORS="director/directors/directed by/series directed by",
    WRITERS="writer/writers/writing credits/written by",
    CREATORS="creator/creators/created by",
    STARS="star/stars/stars of the show",
    KEYWORDS="plot keywords/keywords",
    TAGLINES="tagline/taglines",
    GENRES="genre/genres",
    CERTIFICATE="certificate/motion picture rating (mpaa)/motion picture rating (mpa)/"
    "motion picture rating/certification/parents guide/content rating",
    SITES="official site/official sites/official website",
    COUNTRIES="country/countries/country of origin/countries of origin",
    LANGUAGES="language/languages",
    RELEASE="release date/release dates",
    NAMES="also known as/aka",
    LOCATIONS="filming location/filming locations",
    BUDGET="budget",
    OPENING="opening weekend/opening weekend usa/opening weekend us & canada/"
    "opening weekend us/opening weekend worldwide",
    GROSS="gross/gross usa/gross us & canada/gross us/gross worldwide/"
    "cumulative worldwide gross/worldwide gross/domestic gross/gross domestic",
    COMPANIES="production co/production company/production companies/production cos",
    RUNTIME="runtime/running time",
    SOUND="sound mix/sound mixes",
    COLOR="color/colour",
    ASPECT="aspect ratio",
    SEASONS="season/seasons/year/years",
)
# The menus beside and above a page: a run of these and of headings is no section.
MENU = wordings(
    """
all | titles | tv episodes | names | companies | keywords | characters | bios | plots | celebs
advanced search
full cast and crew | full cast & crew | cast & crew | message board | plot summary
parents guide | release dates | company credits | official sites | box office | business
literature | filming locations | filming & production | technical specs | taglines | synopsis
plot keywords | photo gallery | trailers and videos | user ratings | external reviews
metacritic reviews | tv | tv schedule | newsdesk | showtimes | external sites
professional services | get more at imdbpro | add posters & stills to this title | explore more
show less | opinion | photo & video | imdbpro | all topics | more | less | more less
episode list | episodes cast | on tv | on disc | all | critic reviews | imdb pro | share
related items | did you know? | biography | update data | discuss in boards | awards | news
storyline | details | trivia | goofs | quotes | crazy credits | alternate versions
connections | soundtracks | faq | user reviews | episode guide | box office/business
"""
)
# What a person's words may hold is no label there: only a section's heading ends these.
FREE = frozenset(
    {
        Kind.TRIVIA, Kind.GOOFS, Kind.QUOTES, Kind.CRAZY_CREDITS, Kind.VERSIONS,
        Kind.CONNECTIONS, Kind.SOUNDTRACKS, Kind.FAQ, Kind.REVIEWS, Kind.SITE,
    }
)  # fmt: skip
CREDITS = frozenset({Kind.DIRECTORS, Kind.WRITERS, Kind.CREATORS, Kind.STARS})
SITE = frozenset({Kind.SITE, Kind.FOOTER})
