"""The words that the invented world is made of, as lists that SQL can pick from."""

import tomllib
from pathlib import Path
from random import Random
from typing import Any

WORDS = Path(__file__).parent / "words.toml"

GENRE_LISTS = 1024


def variables() -> dict[str, list[str] | list[int]]:
    """Returns the lists by the name that SQL knows them under."""
    words: dict[str, Any] = tomllib.loads(WORDS.read_text())
    tongues = list(words["tongues"].values())
    return {
        **{name: value.split() for name, value in words.items() if isinstance(value, str)},
        **{name: value for name, value in words.items() if isinstance(value, list)},
        "fiction_genres": genre_lists(words["genres"]),
        "short_genres": genre_lists(words["genres"], "Short"),
        "factual_genres": genre_lists(words["factual_genres"]),
        "adult_genres": genre_lists(words["adult_genres"], "Adult"),
        **market_lists(words),
        # ten of each a tongue, one tongue after the other
        "episode_words": [tongue["episode"] for tongue in tongues],
        "beginnings": [text for tongue in tongues for text in tongue["beginnings"]],
        "endings": [text for tongue in tongues for text in tongue["endings"]],
    }


def market_lists(words: dict[str, Any]) -> dict[str, list[str] | list[int]]:
    """Returns regions, big markets twelve times as often, with their languages and tongues."""
    markets = words["markets"]
    tongues = list(words["tongues"])
    languages = words["languages"].split()
    regions = [region for region in markets for _ in range(12)] + words["regions"].split()
    Random(3).shuffle(regions)  # noqa: S311 - a fixed order, not a secret
    spoken = [
        markets.get(region, {"language": languages[place % len(languages)], "tongue": "en"})
        for place, region in enumerate(regions)
    ]
    return {
        "regions": regions,
        "region_languages": [market["language"] for market in spoken],
        "region_tongues": [tongues.index(market["tongue"]) for market in spoken],
    }


def genre_lists(weights: dict[str, int], *always: str) -> list[str]:
    """Returns comma-joined lists of one to three genres, in alphabetical order as IMDb has them."""
    dice = Random(28)  # noqa: S311 - a fixed order, not a secret
    lists = []
    for _ in range(GENRE_LISTS):
        count = dice.choices([1, 2, 3], [52, 27, 21])[0]
        drawn = dice.choices(list(weights), list(weights.values()), k=count)
        lists.append(",".join(sorted({*always, *drawn[: 3 - len(always)]})))
    return lists
