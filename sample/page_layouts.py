"""Title pages as IMDb laid them out: text as a crawl kept it, and HTML of 2010, 2017 and 2021.

Only the structure is IMDb's: class names, headings, labels. What the pages say is invented.
"""

import json
from collections.abc import Sequence
from datetime import date
from html import escape

from sample.page_facts import MONEY, Person, Subject

_MENU = "Movies, TV &amp; Showtimes"
_STARBAR = "1 2 3 4 5 6 7 8 9 10"


def day(value: date) -> str:
    """A date as pages wrote it until 2020."""
    return f"{value.day} {value:%B %Y}"


def text(about: Subject, liked: Sequence[Subject], *, without_title: bool = False) -> str:
    """The page as text.

    Without a title, the head is lost, and with it the names of some players and the headings of
    two liked titles, as in the page that this feed was made for.
    """
    lost = (1, 3) if without_title else ()
    head = [] if without_title else _text_head(about)
    blocks = [
        *head,
        f"{about.outline}\n",
        f"{_awards(about)} See more awards \u00bb\n",
        "Add Image Add an image\n\nDo you have any images for this title?\n\nLearn more\n",
        "People who liked this also liked... \n",
        *(_text_liked(one, has_heading=at not in lost) for at, one in enumerate(liked)),
        "\n" + _text_cast(about, without_title=without_title),
        f"\n{about.storyline} Written by {about.author}\n",
        "Plot Summary | Add Synopsis\n\nPlot Keywords:\n",
        f"{_keywords(about)} | See All ({len(_listed(about))}) \u00bb\n",
        f"\n{' | '.join(about.genres)}\n",
        f"\nRelease Date:\n\n{day(about.released)} ({about.country[1]})  \u00bb\n",
        *([f"Also Known As:\n\n{about.alias}  \u00bb\n"] if about.alias else []),
        "Filming Locations:\n\nBox Office\n",
        f"\n{money(about)} (estimated)\n",
        "Company Credits\n\nShow detailed on  \u00bb\n\nTechnical Specs\n\n\nSee  \u00bb\n",
        "Frequently Asked Questions\n\nSee more (Spoiler Alert!) \u00bb\n",
        _text_review(about),
        "Contribute to This Page\n\nCreate a character page for:",
    ]
    return "\n".join(blocks)


def money(about: Subject, *, is_new: bool = False) -> str:
    """The budget, in the money of the title's country."""
    return f"{MONEY[about.country[0]][is_new]}{about.budget:,}"


def _listed(about: Subject) -> list[str]:
    """The keywords; a mini series has IMDb's own among them."""
    kind = ["tv mini series"] if about.title_type == "tvMiniSeries" else []
    return [*kind, *about.keywords]


def _keywords(about: Subject) -> str:
    return " | ".join(_listed(about))


def _awards(about: Subject) -> str:
    return f"{about.wins} win{'s' * (about.wins > 1)} & {about.nominations} nominations."


def _heading(about: Subject) -> str:
    kind = "TV Mini Series " if about.title_type == "tvMiniSeries" else ""
    return f"{about.title} ({kind}{about.year})"


def _text_head(about: Subject) -> list[str]:
    minutes = [f"{about.minutes} min"] if about.minutes else []
    parts = [
        " | ".join([about.certificate, *minutes]),
        " | ".join(about.genres),
        f"{day(about.released)} ({about.country[1]})",
    ]
    return [
        f"{_heading(about)}\n",
        f"{' - '.join(parts)}\n",
        f"Ratings: {about.rating}/10 from {about.votes:,} users\n",
    ]


def _text_people(about: Subject) -> list[str]:
    lines = []
    for label, people in (("Director", about.directors[:2]), ("Star", about.cast[:3])):
        if people:
            names = ", ".join(one.name for one in people)
            lines.append(f"{label}{'s' * (len(people) > 1)}: {names}")
    return lines


def _text_liked(about: Subject, *, has_heading: bool) -> str:
    lines = [
        *([_heading(about)] if has_heading else []),
        " | ".join(about.genres),
        f"    {_STARBAR} {about.rating}/10 X  \n",
        f"{about.outline}\n",
        *_text_people(about),
    ]
    return "\n".join(lines)


def _text_cast(about: Subject, *, without_title: bool) -> str:
    is_series = about.title_type == "tvMiniSeries"
    lines = ["Series cast summary:" if is_series else "Cast overview, first billed only:"]
    episodes = f" (2 episodes, {about.year})" if is_series else ""
    for at, player in enumerate(about.cast):
        is_lost = without_title and at == 1
        lines += [] if is_lost else [f"{player.name} ..."]
        lines += [f" {_role(player)}{episodes}"]
    return "\n".join(lines) + "\n"


def _role(player: Person) -> str:
    return player.characters[0] if player.characters else "Passer-by"


def _text_review(about: Subject) -> str:
    body = "\n\n".join(about.review)
    helpful, votes = about.helpful
    return (
        f"User Reviews\n\n{about.headline}\n{day(about.reviewed)} | by {about.reviewer} "
        f"({about.location}) \u2013 See all my reviews\n\n{body}\n\n{about.stars} out of 10 stars."
        f"\n\n{helpful} of {votes} people found this review helpful.  "
        "Was this review helpful to you?\n"
    )


def overview_top(about: Subject, liked: Sequence[Subject]) -> str:
    """HTML as from 2010 to 2016."""
    e = escape
    genres = ' <span class="ghost">|</span> '.join(
        f'<a href="/genre/{e(one)}"><span class="itemprop" itemprop="genre">{e(one)}</span></a>'
        for one in about.genres
    )
    bar = " &nbsp;-&nbsp; ".join(
        [
            *([f'<time itemprop="duration">{about.minutes} min</time>'] if about.minutes else []),
            genres,
            f'<span class="nobr"><a href="/title/{about.tconst}/releaseinfo?ref_=tt_ov_inf">'
            f'{day(about.released)}<meta itemprop="datePublished" content="{about.released}">'
            f" ({about.country[1]})</a></span>",
        ]
    )
    head = f"""
<table id="title-overview-widget-layout"><tr><td id="overview-top">
<h1 class="header"> <span class="itemprop" itemprop="name">{e(about.title)}</span>
 <span class="nobr">({_type_word(about)}<a href="/year/{about.year}/">{about.year}</a>)</span> </h1>
<div class="infobar"><span title="{about.certificate}" class="titlePageSprite absmiddle" \
itemprop="contentRating" content="{about.certificate}"></span> {bar}</div>
<div class="star-box giga-star"><div class="titlePageSprite star-box-giga-star"> {about.rating} \
</div>
<div class="star-box-details">Ratings: <strong><span>{about.rating}</span></strong>\
<span class="mellow">/<span>10</span></span> from <a href="ratings">{about.votes:,} users</a>
</div></div>
<p itemprop="description">{e(about.outline)}</p>
{_summary("txt-block", about, "tt_ov")}
</td></tr></table>"""
    return _page(about, head + _old_body(about, liked))


def title_wrapper(about: Subject, liked: Sequence[Subject]) -> str:
    """HTML as from 2017 to 2020, with JSON-LD."""
    e = escape
    genres = ", ".join(f'<a href="/genre/{e(one)}">{e(one)}</a>' for one in about.genres)
    hours = f"{about.minutes // 60}h {about.minutes % 60}min" if about.minutes else ""
    parts = [
        about.certificate,
        *([f"<time>{hours}</time>"] if about.minutes else []),
        genres,
        f'<a href="/title/{about.tconst}/releaseinfo">{_type_word(about)}'
        f"{day(about.released)} ({about.country[1]})</a>",
    ]
    bar = ' <span class="ghost">|</span> '.join(parts)
    head = f"""
<div class="title_block"><div class="ratings_wrapper"><div class="imdbRating">
<div class="ratingValue"><strong title="{about.rating} based on {about.votes:,} user ratings">\
<span>{about.rating}</span></strong><span class="grey">/</span><span class="grey">10</span></div>
<a href="/title/{about.tconst}/ratings"><span class="small">{about.votes:,}</span></a></div></div>
<div class="title_wrapper"><h1 class="">{e(about.title)}&nbsp;<span id="titleYear">(<a \
href="/year/{about.year}/">{about.year}</a>)</span></h1>
<div class="subtext">{bar}</div></div></div>
<div class="plot_summary"><div class="summary_text">{e(about.outline)}</div>
{_summary("credit_summary_item", about, "tt_ov")}</div>"""
    return _page(about, head + _old_body(about, liked), linked_data(about))


def _type_word(about: Subject) -> str:
    return "TV Mini-Series " if about.title_type == "tvMiniSeries" else ""


def _link(one: Person, ref: str) -> str:
    return f'<a href="/name/{one.nconst}/?ref_={ref}">{escape(one.name)}</a>'


def _summary(name: str, about: Subject, ref: str) -> str:
    blocks = []
    for label, people in _credited(about):
        links = ", ".join(_link(one, ref) for one in people)
        plural = "s" * (len(people) > 1)
        blocks.append(f'<div class="{name}"><h4 class="inline">{label}{plural}:</h4> {links}</div>')
    return "\n".join(blocks)


def _credited(about: Subject) -> list[tuple[str, list[Person]]]:
    all_ = (
        ("Director", about.directors[:2]),
        ("Writer", about.writers[:2]),
        ("Star", about.cast[:3]),
    )
    return [(label, people) for label, people in all_ if people]


def _old_body(about: Subject, liked: Sequence[Subject]) -> str:
    """The sections that the layouts up to 2020 share."""
    e = escape
    words = " <span>|</span> ".join(
        f'<a href="/keyword/{one}">{e(one)}</a>' for one in _listed(about)
    )
    genres = " <span>|</span> ".join(f'<a href="/genre/{one}">{one}</a>' for one in about.genres)
    body = "<br><br>".join(e(one) for one in about.review)
    helpful, votes = about.helpful
    details = [
        ("Country", f'<a href="/country/{about.country[0].lower()}">{about.country[1]}</a>'),
        ("Language", '<a href="/language/en">English</a>'),
        ("Release Date", f"{day(about.released)} ({about.country[1]})"),
        *([("Also Known As", e(about.alias))] if about.alias else []),
        ("Filming Locations", f'<a href="/search/title?locations=x">{e(about.location)}</a>'),
    ]
    cast = "Series cast summary:" if about.title_type == "tvMiniSeries" else "Cast overview:"
    return f"""
<div class="article highlighted" id="titleAwardsRanks"><span itemprop="awards">{e(_awards(about))}\
</span> <span class="see-more inline"><a href="/title/{about.tconst}/awards">See more awards</a>\
 &raquo;</span></div>
<div class="article" id="titleRecs"><h2>People who liked this also liked... </h2>
{"".join(_old_liked(one) for one in liked)}</div>
<div class="article" id="titleCast"><h2>Cast</h2><table class="cast_list">
<tr><td colspan="4" class="castlist_label">{cast}</td></tr>
{"".join(_old_player(about, one) for one in about.cast)}</table></div>
<div class="article" id="titleStoryLine"><h2>Storyline</h2><div class="inline canwrap">
<p>{e(about.storyline)} <em class="nobr">Written by <a href="/search/title?plot_author=x">\
{e(about.author)}</a></em></p></div>
<div class="see-more inline canwrap"><h4 class="inline">Plot Keywords:</h4> {words}</div>
<div class="txt-block"><h4 class="inline">Taglines:</h4> {e(about.tagline)}</div>
<div class="see-more inline canwrap"><h4 class="inline">Genres:</h4> {genres}</div></div>
<div class="article" id="titleDetails"><h2>Details</h2>
{_blocks(details)}
<h3 class="subheading">Box Office</h3>
<div class="txt-block"><h4 class="inline">Budget:</h4>{e(money(about))} \
<span class="attribute">(estimated)</span></div>
<div class="txt-block"><h4 class="inline">Gross:</h4> ${about.gross:,} \
<span class="attribute">(USA)</span></div>
<h3 class="subheading">Company Credits</h3>
<div class="txt-block"><h4 class="inline">Production Co:</h4> <a href="/company/co1">\
{e(about.company)}</a></div></div>
<div class="article" id="titleUserReviewsTeaser"><h2>User Reviews</h2><div class="user-comments">
<div class="tinystarbar" title="{about.stars}/10"><div>&nbsp;</div></div>
<span><strong>{e(about.headline)}</strong><div class="comment-meta">{day(about.reviewed)} | by \
<a href="/user/ur1/"><span>{about.reviewer}</span></a> ({e(about.location)}) &ndash; \
<a href="/user/ur1/comments">See all my reviews</a></div><div><p>{body}</p></div></span>
<div class="yn">{helpful} of {votes} people found this review helpful. Was this review helpful to \
you?</div></div></div>
<div class="article" id="contributeStatic"><h2>Contribute to This Page</h2></div>"""


def _blocks(fields: Sequence[tuple[str, str]]) -> str:
    return "\n".join(
        f'<div class="txt-block"><h4 class="inline">{label}:</h4> {value}</div>'
        for label, value in fields
    )


def _old_liked(about: Subject) -> str:
    e = escape
    people = "".join(f"<div>{e(line)}</div>" for line in _text_people(about))
    return f"""<div class="rec_overview" data-tconst="{about.tconst}"><div class="rec-title">
<a href="/title/{about.tconst}/?ref_=tt_rec_tt"><b>{e(about.title)}</b></a> <span class="nobr">\
({_type_word(about)}{about.year})</span></div>
<div class="rec-cert-genre rec-elipsis">{" | ".join(about.genres)}</div>
<div class="rec-rating"><span>{_STARBAR}</span> <span>{about.rating}/10</span> X</div>
<div class="rec-outline"><p>{e(about.outline)}</p></div>{people}</div>"""


def _old_player(about: Subject, one: Person) -> str:
    is_series = about.title_type == "tvMiniSeries"
    episodes = f" (2 episodes, {about.year})" if is_series else ""
    return f"""<tr class="odd"><td class="primary_photo"></td><td>{_link(one, "tt_cl_t1")}</td>
<td class="ellipsis">...</td><td class="character"><div>{escape(_role(one))}{episodes}</div></td>
</tr>
"""


def new(about: Subject, liked: Sequence[Subject]) -> str:
    """HTML as since 2021: every label and value in a list, JSON-LD and the page's own data."""
    e = escape
    kind = "<li>TV Mini Series</li>" if about.title_type == "tvMiniSeries" else ""
    hours = f"<li>{about.minutes // 60}h {about.minutes % 60}m</li>" if about.minutes else ""
    genres = "".join(
        f'<a class="ipc-chip" href="/search/title?genres={one}"><span>{one}</span></a>'
        for one in about.genres
    )
    credits_ = "".join(
        _item(f"{label}{'s' * (len(people) > 1)}", [_link(one, "tt_ov") for one in people])
        for label, people in _credited(about)
    )
    released = f"{about.released:%B} {about.released.day}, {about.released.year}"
    body = "<br><br>".join(e(one) for one in about.review)
    page = f"""
<section class="ipc-page-section"><h1 data-testid="hero-title-block__title">{e(about.title)}</h1>
<ul class="ipc-inline-list">{kind}<li><a href="/title/{about.tconst}/releaseinfo">{about.year}</a>\
</li><li><a href="/title/{about.tconst}/parentalguide">{about.certificate}</a></li>{hours}</ul>
<div data-testid="hero-rating-bar__aggregate-rating"><div>IMDb RATING</div><div>\
<span>{about.rating}</span><span>/<!-- -->10</span></div><div>{_short(about.votes)}</div></div>
<div data-testid="genres">{genres}</div>
<p data-testid="plot"><span data-testid="plot-xl">{e(about.outline)}</span></p>
<ul class="ipc-metadata-list">{credits_}</ul></section>
<div data-testid="awards"><ul><li><span>{e(_awards(about).rstrip("."))} total</span></li></ul></div>
<section data-testid="title-cast"><h3 class="ipc-title__text">Top cast</h3>
{"".join(_new_player(about, one) for one in about.cast)}</section>
<section data-testid="MoreLikeThis"><h3 class="ipc-title__text">More like this</h3>
{"".join(_card(one) for one in liked)}</section>
<section data-testid="Storyline"><h3 class="ipc-title__text">Storyline</h3>
<div data-testid="storyline-plot-summary"><div class="ipc-html-content">{e(about.storyline)}\
<span>\u2014{e(about.author)}</span></div></div>
<div data-testid="storyline-plot-keywords">{_chips(_listed(about))}</div>
<ul>{_item("Taglines", [e(about.tagline)])}{_item("Genres", about.genres)}</ul></section>
<section data-testid="UserReviews"><h3 class="ipc-title__text">User reviews</h3>
<div>Featured review</div><div data-testid="review-featured-header"><span>{about.stars}</span>\
<span>/<!-- -->10</span></div><div data-testid="review-summary">{e(about.headline)}</div>
<div class="ipc-html-content">{body}</div><div>helpful\u2022{about.helpful[0]}</div>
<div>{about.helpful[1] - about.helpful[0]}</div>
<ul><li><a href="/user/ur1/">{about.reviewer}</a></li><li>{_short_day(about.reviewed)}</li></ul>
</section>
<section data-testid="Details"><h3 class="ipc-title__text">Details</h3><ul>
{_item("Release date", [f'<a href="releaseinfo">{released} ({about.country[2]})</a>'])}
{_item("Country of origin", [_country(about)])}
{_item("Language", ['<a href="/search/title?primary_language=en">English</a>'])}
{_item("Also known as", [e(about.alias)]) if about.alias else ""}
{_item("Filming locations", [f'<a href="/search/title?locations=x">{e(about.location)}</a>'])}
{_item("Production company", [f'<a href="/company/co1">{e(about.company)}</a>'])}</ul></section>
<section data-testid="BoxOffice"><h3 class="ipc-title__text">Box office</h3><ul>
{_item("Budget", [f"{e(money(about, is_new=True))} (estimated)"])}
{_item("Gross worldwide", [f"${about.gross:,}"])}</ul></section>
<section data-testid="contribution"><h3 class="ipc-title__text">Contribute to this page</h3>
</section>"""
    data = json.dumps({"props": {"pageProps": {"tconst": about.tconst}}})
    scripts = f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
    return _page(about, page + scripts, linked_data(about))


def _short(votes: int) -> str:
    """A count as the layout of 2021 shows it: 1.2K."""
    return f"{votes / 1000:.1f}K" if votes >= 1000 else str(votes)


def _short_day(value: date) -> str:
    return f"{value:%b} {value.day}, {value.year}"


def _country(about: Subject) -> str:
    code, _, name = about.country
    return f'<a href="/search/title/?country_of_origin={code}">{name}</a>'


def _item(label: str, values: Sequence[str]) -> str:
    listed = "".join(f'<li class="ipc-inline-list__item">{one}</li>' for one in values)
    return (
        f'<li class="ipc-metadata-list__item"><span class="ipc-metadata-list-item__label">{label}'
        f'</span><div><ul class="ipc-inline-list">{listed}</ul></div></li>\n'
    )


def _chips(texts: Sequence[str]) -> str:
    return "".join(
        f'<a class="ipc-chip" href="/search/keyword?keywords={one}"><span>{escape(one)}</span></a>'
        for one in texts
    )


def _new_player(about: Subject, one: Person) -> str:
    is_series = about.title_type == "tvMiniSeries"
    episodes = f"<div>2 episodes \u2022 {about.year}</div>" if is_series else ""
    return f"""<div data-testid="title-cast-item"><div>{_link(one, "tt_cl_t_1")}</div><div><ul><li>\
<a href="/title/{about.tconst}/characters/{one.nconst}"><span>{escape(_role(one))}</span></a></li>\
</ul></div>{episodes}</div>
"""


def _card(about: Subject) -> str:
    return f"""<div class="ipc-poster-card"><span class="ipc-rating-star">{about.rating}</span>
<div><a href="/title/{about.tconst}/?ref_=tt_sims_tt_t_1"><span>{escape(about.title)}</span></a>
</div></div>"""


def linked_data(about: Subject) -> str:
    """JSON-LD, as pages have it since 2017."""
    kind = "TVSeries" if about.title_type == "tvMiniSeries" else "Movie"
    people = {
        name: [
            {"@type": "Person", "url": f"/name/{one.nconst}/", "name": one.name} for one in persons
        ]
        for name, persons in (("actor", about.cast[:4]), ("director", about.directors[:2]))
    }
    return json.dumps(
        {
            "@context": "http://schema.org",
            "@type": kind,
            "url": f"/title/{about.tconst}/",
            "name": about.title,
            "genre": list(about.genres),
            **people,
            "description": about.outline,
            "datePublished": about.released.isoformat(),
            "keywords": ",".join(_listed(about)),
            "aggregateRating": {
                "@type": "AggregateRating",
                "ratingCount": about.votes,
                "bestRating": "10.0",
                "worstRating": "1.0",
                "ratingValue": about.rating,
            },
        }
    ).replace("<", "\\u003c")


def _page(about: Subject, body: str, data: str = "") -> str:
    stated = f'<script type="application/ld+json">{data}</script>' if data else ""
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{escape(_heading(about))} - IMDb</title>
<link rel="canonical" href="https://www.imdb.com/title/{about.tconst}/">{stated}
<script>var words = "Release Date: no line of a page";</script></head>
<body><div id="nb20"><a href="/showtimes/">{_MENU}</a></div>{body}
<div id="footer"><a href="/conditions">Conditions of Use</a></div></body></html>
"""
