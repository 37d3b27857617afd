"""User reviews, the most helpful first; spoilers and the rest of long ones are folded."""

import streamlit

from dashboards import markup, problems
from dashboards.reader import Release

_STEP = 10
# A page of more would take seconds to send.
_MOST = 200
# Letters of a review that are open.
_OPEN = 900


def parts(body: str) -> tuple[list[str], list[str]]:
    """The paragraphs that are open, and those to fold; one that is long is parted at a blank."""
    paragraphs = [part.strip() for part in body.split("\n\n") if part.strip()]
    if sum(map(len, paragraphs)) <= _OPEN * 4 // 3:
        return paragraphs, []
    opened: list[str] = []
    room = _OPEN
    while paragraphs and len(paragraphs[0]) <= room:
        room -= len(paragraphs[0])
        opened.append(paragraphs.pop(0))
    if not opened and paragraphs:
        start, rest = _split(paragraphs[0], room)
        opened, paragraphs[0] = [f"{start} …"], f"… {rest}"
    return opened, paragraphs


def _split(paragraph: str, length: int) -> tuple[str, str]:
    cut = paragraph.rfind(" ", 0, length)
    cut = length if cut <= 0 else cut
    return paragraph[:cut], paragraph[cut:].lstrip()


@streamlit.fragment
@problems.told()
def show(release: Release, title_id: int) -> None:
    """So many reviews as were asked for, and a way to more."""
    summary = release.row("title/reviews_summary", title_id=title_id)
    if not summary:
        return
    key = f"reviews-{title_id}"
    shown = streamlit.session_state.setdefault(key, _STEP)
    rows = release.rows("title/reviews", title_id=title_id, review_limit=shown)
    markup.show(
        "title/reviews.html",
        summary=summary,
        reviews=[(row, *parts(row["body"] or "")) for row in rows],
    )
    left = min(summary["review_count"], _MOST) - len(rows)
    if left > 0:
        name = f"Show {min(left, _STEP)} more reviews"
        streamlit.button(name, key=f"more-{key}", on_click=_show_more, args=(key,))
    elif summary["review_count"] > len(rows):
        markup.show("title/reviews_left.html", shown=len(rows))


def _show_more(key: str) -> None:
    streamlit.session_state[key] += _STEP
