"""User reviews, the most helpful first; spoilers and the rest of long ones are folded."""

import streamlit

from dashboards import markup
from dashboards.reader import Release

_STEP = 10
# A page of more would take seconds to send.
_MOST = 200
# Letters of a review that are open.
_OPEN = 900
_SHOWN = "reviews"


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
        start, _, rest = _split(paragraphs[0], room)
        opened, paragraphs[0] = [f"{start} …"], f"… {rest}"
    return opened, paragraphs


def _split(paragraph: str, length: int) -> tuple[str, str, str]:
    cut = paragraph.rfind(" ", 0, length)
    cut = length if cut <= 0 else cut
    return paragraph[:cut], " ", paragraph[cut:].lstrip()


@streamlit.fragment
def show(release: Release, title_id: int) -> None:
    """So many reviews as were asked for, and a way to more."""
    summary = release.row("title/reviews_summary", title_id=title_id)
    if not summary:
        return
    shown = streamlit.session_state.setdefault(f"{_SHOWN}-{title_id}", _STEP)
    rows = release.rows("title/reviews", title_id=title_id, review_limit=shown)
    markup.show(
        "title/reviews.html",
        summary=summary,
        reviews=[(row, *parts(row["body"] or "")) for row in rows],
    )
    left = min(summary["review_count"], _MOST) - len(rows)
    if left > 0 and streamlit.button(f"Show {min(left, _STEP)} more reviews"):
        streamlit.session_state[f"{_SHOWN}-{title_id}"] = shown + _STEP
        streamlit.rerun(scope="fragment")
