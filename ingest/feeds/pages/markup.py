"""HTML to lines, by selectolax; what scripts hold is never among them."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.feeds.pages.lines import Line, Link, clean, wordings

# Elements that end a line, and those whose text nobody sees.
_BLOCKS = wordings(
    """
address | article | aside | blockquote | body | center | dd | details | dialog | dir | div | dl
dt | fieldset | figcaption | figure | footer | form | h1 | h2 | h3 | h4 | h5 | h6 | header
hgroup | hr | html | label | legend | li | main | menu | nav | ol | option | p | pre | section
select | summary | table | tbody | td | tfoot | th | thead | tr | ul
"""
)
_HIDDEN = wordings(
    """
script | style | noscript | template | head | iframe | object | svg | math | textarea | canvas
audio | video | noembed | noframes
"""
)
_LAYOUTS = (
    ("next", "script#__NEXT_DATA__, [data-testid='hero-title-block__title']"),
    ("title-wrapper", ".title_wrapper, .heroic-overview"),
    ("overview-top", "#overview-top"),
)
_ENCODINGS = wordings(
    """
utf-8 | utf8 | windows-1250 | windows-1251 | windows-1253 | windows-1254 | windows-1255
windows-1256 | iso-8859-2 | iso-8859-5 | iso-8859-7 | iso-8859-9 | iso-8859-15 | koi8-r
koi8-u | shift_jis | euc-jp | iso-2022-jp | euc-kr | gb2312 | gbk | gb18030 | big5
"""
)
_STARS = re.compile(r"\d{1,2}/10")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Markup:
    """What HTML holds besides lines: the layout, the document's title, JSON that states ids."""

    lines: list[Line]
    layout: str
    title: str
    url: str
    linked_data: list[str]
    next_data: str


def read(html: bytes | str) -> Markup:
    """Read a page's markup."""
    tree = LexborHTMLParser(decode(html) if isinstance(html, bytes) else html)
    canonical = tree.css_first("link[rel='canonical'][href], meta[property='og:url'][content]")
    address = canonical.attributes if canonical else {}
    next_data = tree.css_first("script#__NEXT_DATA__")
    title = tree.css_first("head title")
    return Markup(
        lines=list(_Walk(tree).lines()),
        layout=next((name for name, css in _LAYOUTS if tree.css_first(css)), "html"),
        title=clean(title.text()) if title else "",
        url=address.get("href") or address.get("content") or "",
        linked_data=[node.text() for node in tree.css("script[type='application/ld+json']")],
        next_data=next_data.text() if next_data else "",
    )


def decode(html: bytes) -> str:
    """The text of HTML: bytes that are valid UTF-8 are UTF-8, whatever the page declares."""
    if html.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return html.decode("utf-16", errors="replace")
    try:
        return html.decode("utf-8-sig")
    except UnicodeDecodeError:
        return html.decode(_declared(html), errors="replace")


def _declared(html: bytes) -> str:
    found = _CHARSET.search(html[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    # The web means Windows' superset where it says Latin-1: https://encoding.spec.whatwg.org/
    return name if name in _ENCODINGS else "cp1252"


@dataclass(slots=True)
class _Walk:
    """A walk over the tree without recursion: pages may nest as deep as they like."""

    tree: LexborHTMLParser
    words: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    anchor: str = ""
    level: int = 0
    breaks: int = 2

    def lines(self) -> Iterator[Line]:
        """Every line, in the document's order."""
        path: list[LexborNode] = []
        node: LexborNode | None = self.tree.body
        while node is not None:
            yield from self._enter(node)
            inner = None if node.tag in _HIDDEN else node.child
            if inner is not None:
                path.append(node)
                node = inner
                continue
            yield from self._leave(node)
            while node.next is None and path:
                node = path.pop()
                yield from self._leave(node)
            node = node.next if path else None
        yield from self._end()

    def _enter(self, node: LexborNode) -> Iterator[Line]:
        tag = node.tag or ""
        if tag == "-text":
            self.words.append(node.text_content or "")
        elif tag == "br":
            yield from self._end()
            self.breaks += 1
        elif tag == "a":
            self.opened.append(len(self.words))
        elif tag in _BLOCKS:
            yield from self._end()
            self._open(node, tag)
        elif tag in ("span", "img"):
            self.words.append(_stands_for(node, tag))

    def _open(self, node: LexborNode, tag: str) -> None:
        if tag == "p":
            self.breaks = 2
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.level = int(tag[1])
        elif tag == "div":
            self.words.append(_stands_for(node, tag))
            name = node.attributes.get("id") or ""
            self.anchor = name if name.startswith("ynd_") else self.anchor

    def _leave(self, node: LexborNode) -> Iterator[Line]:
        if node.tag == "a":
            if text := clean("".join(self.words[self.opened.pop() :])):
                self.links.append(Link(text, (node.attributes.get("href") or "")[:1000]))
        elif node.tag in _BLOCKS:
            yield from self._end()
            self.level = 0
            self.anchor = ""
            self.breaks = max(self.breaks, 2 if node.tag == "p" else 0)

    def _end(self) -> Iterator[Line]:
        if text := clean("".join(self.words)):
            yield Line(text, tuple(self.links), self.level, self.breaks > 1, anchor=self.anchor)
            self.breaks = 0
        self.words.clear()
        self.links.clear()
        self.opened = [0] * len(self.opened)


def _stands_for(node: LexborNode, tag: str) -> str:
    """The text that an element shows as a picture: a certificate, or a review's stars."""
    found = node.attributes
    title = found.get("title") or found.get("alt") or ""
    if _STARS.fullmatch(title):
        return f" {title} "
    if title and found.get("itemprop") == "contentRating" and tag == "span":
        return f" {title} | "
    parent = node.parent
    in_bar = parent is not None and parent.attributes.get("class") == "infobar"
    return f" {title} | " if tag == "img" and in_bar and title else ""
