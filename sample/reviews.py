"""Invented reviews of IMDb's sample titles, in the four dump formats that the feed knows."""

import csv
import gzip
import io
import json
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from sample import movielens, words
from sample.imdb import MARK

STANFORD, IEEE, SPOILER, KAGGLE = (
    "aclImdb_sample.tar.gz", "part-01.json", "IMDB_reviews.json", "IMDB Dataset.csv"
)  # fmt: skip
# What the titles of the lists have in common with `movielens`: the best known ones.
FILM_COUNT = 200
# The half and the label of Stanford's folders, and how many of ten reviews go there.
_LABELS = (("train", "pos"), ("train", "neg"), ("train", "unsup"), ("test", "pos"), ("test", "neg"))
_SENTENCES = (
    "I saw {title} with my {noun} and neither of us said a word on the way home.",
    'The {noun} scene alone is worth it; "{adjective}" is the only word for it.',
    "Half an hour of it would have made a {adjective} short, & the rest is {noun}s.",
    "My neighbour, who knows everything about {noun}s, left after ten minutes.",
    "Nobody films a {noun} like that any more \u2013 not even in {place}.",
    "The plot {{if there is one}} turns on a {adjective} {noun}, }},{{ and stays there.",
    "See it for {player}, forgive it the {noun}s.",
    "It's {adjective}, it's {adjective}, and it ends where {place} begins.",
)
_SPOILED = "In the end it was the {noun} all along."


@dataclass(frozen=True, slots=True)
class _Review:
    tconst: str
    title: str
    year: int | None
    number: int
    user: int
    rating: int
    headline: str
    paragraphs: Sequence[str]
    day: date
    is_spoiler: bool
    helpful: tuple[int, int]

    @property
    def text(self) -> str:
        """As Stanford and its copy have it: one line, with breaks of HTML."""
        return "<br /><br />".join(self.paragraphs)

    @property
    def plain(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def said_day(self) -> str:
        return f"{self.day.day} {self.day:%B %Y}"


def generate(imdb: Path, out: Path, *, seed: int = 1, reviews: int = 600) -> dict[str, int]:
    """Writes the four dumps into a folder; some reviews stand in two of them.

    Args:
        imdb: a folder with the sample's title.basics and title.ratings.
        out: the folder, made if need be; files of the same names are replaced.
        seed: another seed, other reviews.
        reviews: how many in the largest two dumps; the others follow from it.

    Returns:
        Records by file name.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text(json.dumps({"reviews": reviews, "seed": seed}), "utf-8")
    with tempfile.TemporaryDirectory(dir=out, prefix=".sample-") as scratch:
        public = movielens.Public(imdb, Path(scratch), seed, FILM_COUNT * 20)
        films = public.connection.execute(
            "select tconst, title, startYear::int from films order by fame"
        ).fetchall()
        public.close()
    written = _write_all(films, Random(seed), reviews)  # noqa: S311 - invented, not secret
    ieee, spoiler, stanford = written[:reviews], written[reviews // 2 :], written[: reviews // 2]
    return {
        IEEE: _write_ieee(ieee, out / IEEE),
        SPOILER: _write_spoiler(spoiler, out / SPOILER),
        STANFORD: _write_stanford(stanford, out / STANFORD),
        KAGGLE: _write_kaggle(stanford, out / KAGGLE),
    }


def _write_all(
    films: Sequence[tuple[str, str, int | None]], dice: Random, reviews: int
) -> list[_Review]:
    """One and a half times as many reviews as the largest dumps have."""
    lists = words.variables()
    written = []
    for number in range(1, reviews * 3 // 2 + 1):
        # The best known titles have most of the reviews.
        tconst, title, year = films[int(len(films) * dice.random() ** 2)]
        chosen = {name: dice.choice(lists[name]) for name in ("adjectives", "nouns", "places")}
        said = {
            "title": title,
            "adjective": str(chosen["adjectives"]).lower(),
            "noun": str(chosen["nouns"]).lower(),
            "place": chosen["places"],
            "player": dice.choice(lists["women"]),
        }
        is_spoiler = dice.random() < 0.2
        lines = [one.format(**said) for one in dice.sample(_SENTENCES, dice.randint(2, 4))]
        votes = dice.randint(0, 60)
        written.append(
            _Review(
                tconst=tconst,
                title=title,
                year=year,
                number=number,
                user=10_000 + dice.randrange(reviews * 3),
                rating=dice.choice((1, 2, 3, 4, 7, 8, 9, 10)),
                headline=f"A {said['adjective']} {said['noun']}",
                paragraphs=[*lines, _SPOILED.format(**said)] if is_spoiler else lines,
                day=date(1999, 1, 1) + timedelta(days=dice.randrange(9000)),
                is_spoiler=is_spoiler,
                helpful=(dice.randint(0, votes), votes),
            )
        )
    return written


def _write_ieee(reviews: Sequence[_Review], path: Path) -> int:
    records = [
        {
            "review_id": f"rw{1_000_000 + one.number}",
            "reviewer": f"viewer{one.user}",
            "movie": f"{one.title} ({one.year})" if one.year else one.title,
            "rating": str(one.rating) if one.number % 11 else None,
            "review_summary": one.headline,
            "review_date": one.said_day,
            "spoiler_tag": int(one.is_spoiler),
            "review_detail": one.plain,
            "helpful": [f"{votes:,}" for votes in one.helpful],
        }
        for one in reviews
    ]
    path.write_text(json.dumps(records), "utf-8")
    return len(records)


def _write_spoiler(reviews: Sequence[_Review], path: Path) -> int:
    lines = [
        json.dumps(
            {
                "review_date": one.said_day,
                "movie_id": one.tconst,
                "user_id": f"ur{one.user}",
                "is_spoiler": one.is_spoiler,
                "review_text": one.plain,
                "rating": str(one.rating),
                "review_summary": one.headline,
            }
        )
        for one in reviews
    ]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return len(lines)


def _write_stanford(reviews: Sequence[_Review], path: Path) -> int:
    """The lists of addresses come first in one half and last in the other."""
    folders: dict[tuple[str, str], list[_Review]] = {place: [] for place in _LABELS}
    for one in reviews:
        half = "train" if one.number % 2 else "test"
        label = "pos" if one.rating > 6 else "neg"
        is_unlabelled = half == "train" and one.number % 5 == 0
        folders[half, "unsup" if is_unlabelled else label].append(one)
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        _add(archive, "aclImdb/README", "Invented reviews, in the layout of the dataset.\n")
        for (half, label), kept in folders.items():
            urls = "".join(f"http://www.imdb.com/title/{one.tconst}/usercomments\n" for one in kept)
            if half == "train":
                _add(archive, f"aclImdb/{half}/urls_{label}.txt", urls)
            for number, one in enumerate(kept):
                stars = 0 if label == "unsup" else one.rating
                _add(archive, f"aclImdb/{half}/{label}/{number}_{stars}.txt", one.text)
            if half == "test":
                _add(archive, f"aclImdb/{half}/urls_{label}.txt", urls)
    return len(reviews)


def _add(archive: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))


def _write_kaggle(reviews: Sequence[_Review], path: Path) -> int:
    """A text that stands twice in a dump is one review: each is written once."""
    texts = {one.text: "positive" if one.rating > 6 else "negative" for one in reviews}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("review", "sentiment"))
        writer.writerows(texts.items())
    return len(texts)
