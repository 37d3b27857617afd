"""F45: title pages, mutated: every document is a capture or a reject, in words that it holds."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest
from fastwarc.warc import WarcRecordType

from ingest.catalog import PAGES
from ingest.feeds import pages
from ingest.feeds.pages import documents
from tests.faults import corpus
from tests.faults.loads import Loader, Outcome, tried
from tests.faults.mutations import COMMON, mutated, packed
from tests.faults.oracles import pages as oracle
from tests.faults.oracles.verdict import RefusedError
from tests.faults.trials import Trials
from tests.unit.ingest.feeds.pages.invented import PAGES as INVENTED
from tests.unit.ingest.feeds.pages.test_load import HTML, TEXT, Archive

_TEXTS = [TEXT, *(page.encode() for page in INVENTED.values() if not page.startswith("<"))]
_HTMLS = [HTML, *(page.encode() for page in INVENTED.values() if page.startswith("<"))]
_ADDRESS = "http://www.imdb.com/title/tt00000{:02}/"
_MARKUP = (b"<", b">", b"</div>", b"<div>", b"<!--", b"-->", b"<script>", b"</script>", b"<br>",
           b"&#0;", b"&#xd800;", b"&eacute;", b"&", b"<a href='/name/nm0000000/'>", b"<svg>",
           b"<table><tr><td>", b"<plaintext>", b"\\ud83c", b"\\u0000")  # fmt: skip
_WORDS = (*COMMON, *_MARKUP, b"\nCast\n", b"\nStoryline\n", b"\nBudget:\n", b"$5,000", b"...",
          b"(2005-2013)", b"Director: ", b"9/10", b"Written by ", b" | ", b"tt0000007", b"\x0b",
          b"12 May 2008 (Iceland)", b"\xc2\xbb", b"\x0c")  # fmt: skip
_ENVELOPE = (*COMMON, b"WARC/1.0\r\n", b"Content-Length: 5\r\n", b"HTTP/1.1 200 OK\r\n",
             b"Content-Length: 99999\r\n", b"WARC-Type: response\r\n", b"\r\n\r\n",
             b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n")  # fmt: skip


def _document(rolled: Random) -> tuple[str, bytes]:
    kind = rolled.choice(("txt", "html"))
    sound = rolled.choice(_TEXTS if kind == "txt" else _HTMLS)
    return kind, mutated(rolled, sound, _WORDS)


def _archive(rolled: Random) -> tuple[str, bytes]:
    archive = Archive(packed=rolled.random() < 0.3)
    for number in range(rolled.randint(1, 5)):
        kind, data = _document(rolled)
        (archive.text if kind == "txt" else archive.answer)(data, _ADDRESS.format(number))
        if rolled.random() < 0.3:
            archive.request()
    made = archive.bytes()
    name = "crawl"
    if rolled.random() < 0.5:
        name, made = "torn", mutated(rolled, made, _ENVELOPE)
    return f"{name}.warc" + ".gz" * made.startswith(b"\x1f\x8b"), made


def _files(rolled: Random) -> dict[str, bytes]:
    files = {}
    for number in range(rolled.choice((1, 2, 3))):
        if rolled.random() < 0.3:
            name, data = _archive(rolled)
        else:
            kind, data = _document(rolled)
            name = f"{number}.{kind}"
            if rolled.random() < 0.1:
                name, data = f"{name}.gz", packed(rolled, data)
        files[name] = data
    return files


def _problems(got: Outcome, files: Mapping[str, bytes]) -> Iterator[str]:
    """Documents that are nowhere, and words of the lake that no document holds."""
    try:
        held = oracle.documents(files)
    except RefusedError:
        if got.refusal is None:
            yield "a gzip that is none was loaded"
        return
    if got.refusal is None:
        yield from _unaccounted(got, held)
        for capture in got.tables["captures"]:
            if found := held.get(capture["source_file"]):
                yield from oracle.altered(got, capture, found[capture["record_number"] - 1])
    elif all(held.values()) and got.refusal.location.partition(".")[0] != "torn":
        yield f"refused, though whole: {got.refusal}"


def _unaccounted(got: Outcome, held: Mapping[str, list[bytes]]) -> Iterator[str]:
    """Documents without a capture or a reject, or with both."""
    for name, found in held.items():
        if not found:
            yield f"{name}: an archive without a page was loaded"
        received = sum(one.received_count for one in got.loads if one.file == name)
        if received != len(found):
            yield f"{name}: {len(found)} documents, {received} received"
    seen = [(one["source_file"], one["record_number"]) for one in got.tables["captures"]]
    seen += [(one["source_file"], one["line_number"]) for one in got.rejected("captures")]
    seen = [place for place in seen if place[0] in held]
    wanted = [(name, number) for name in held for number in range(1, len(held[name]) + 1)]
    if sorted(seen) != sorted(wanted):
        yield f"captures and rejects of {sorted(seen)}, documents {sorted(wanted)}"


@pytest.mark.fault("F45", "mutated pages: text, HTML, WARC", quick=250, full=2500)
def test_mutated_pages(trials: Trials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = corpus.cases("pages")
    with Loader(PAGES, tmp_path) as loader:
        for case in trials.of([*known, *range(trials.planned)]):
            files = known[case] if isinstance(case, str) else _files(Random(case))
            for words in _problems(tried(trials, loader, case, files), files):
                trials.lose(f"seed {case}: {words}")
        sound = Archive(packed=False).text(TEXT).text(TEXT, _ADDRESS.format(2)).bytes()
        files = {"crawl.warc": sound.replace(b"Type: conversion", b"Type: konversion", 1)}
        with monkeypatch.context() as patch:
            skipped = documents._BESIDE | WarcRecordType.unknown
            patch.setattr(documents, "_BESIDE", skipped)
            caught = bool(list(_problems(loader.load(files), files)))
        trials.control("records of unknown types passed over, as readers of WARC do", caught=caught)
        monkeypatch.setattr(pages, "_decoded", lambda data: data.decode("latin-1"))
        files = {"0.txt": INVENTED["headless"].encode()}
        caught = bool(list(_problems(loader.load(files), files)))
        trials.control("a text read as Latin-1", caught=caught)
