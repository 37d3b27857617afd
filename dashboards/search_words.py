"""What a person types into a search, cut into words and folded as the warehouse folds names."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

TEXT_LIMIT = 200
WORD_LIMIT = 8
LETTER_LIMIT = 40
# Words of fewer or more letters have no spelling but their own in rpt_search_spellings.
_SPELLED_LENGTHS = range(3, 25)
_SKELETON_LENGTH = 6

_WORDS = re.compile(r"[^\W_]+")
_TOKENS = re.compile(r"[^\W_]+(?:['.·*-][^\W_]+)*")
_SIGNS = re.compile(r"['.·*-]")
_VOWELS = re.compile("[aeiouyh]")
_ID = re.compile(r"(?:^|[\s/])(tt|nm)0*([1-9]\d{0,11})(?![\w-])")
_YEAR = re.compile(r"(?:18[7-9]|19\d|20[0-4])\d")
_LETTERS = str.maketrans(
    {**dict(zip("øłđðıʻʼ’‘´", "olddi'''''", strict=True)), "ß": "ss", "æ": "ae", "œ": "oe"}
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A search as it is understood: at most WORD_LIMIT words, and what they may say of a year."""

    words: tuple[str, ...]
    year: int | None = None
    year_place: int | None = None

    @property
    def length(self) -> int:
        """Letters, and the blanks between the words."""
        return sum(map(len, self.words)) + max(len(self.words) - 1, 0)


def fold(text: str) -> str:
    """Lower case without accents, as the macro `fold_letters` does it in the warehouse."""
    apart = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M"))
    composed = unicodedata.normalize("NFC", bare)
    # letter by letter: Python alone knows that a Greek sigma looks different at a word's end
    return "".join(map(str.lower, composed)).translate(_LETTERS)


def cut(name: str) -> tuple[str, ...]:
    """The folded words of a name, as the warehouse cuts them."""
    return tuple(_WORDS.findall(fold(name)))


def cut_typed(text: str) -> tuple[str, ...]:
    """The folded words of a search: `don't` and `e.t.` are one, `spider-man` and `vol.2` two.

    A person may leave signs out, so the warehouse has `dont` and `spiderman`, too.
    """
    words: list[str] = []
    for token in _TOKENS.findall(fold(text)):
        parts = _SIGNS.split(token)
        is_one_word = not re.search("[.·-]", token) or all(len(part) == 1 for part in parts)
        words += ["".join(parts)] if is_one_word else parts
    return tuple(words)


def understand(text: str) -> Typed:
    """The first WORD_LIMIT words of the first TEXT_LIMIT characters.

    A number that may be a year is one when other words stand beside it.
    """
    readable = text[:TEXT_LIMIT].encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    words = tuple(word[:LETTER_LIMIT] for word in cut_typed(readable)[:WORD_LIMIT])
    years = [place for place, word in enumerate(words) if _YEAR.fullmatch(word)]
    if not years or len(words) == 1:
        return Typed(words)
    return Typed(words, int(words[years[-1]]), years[-1])


def named_id(text: str) -> tuple[str, int] | None:
    """The IMDb id in a text, as in `tt0133093` or a link to its page: `tt` or `nm`, and number."""
    found = _ID.search(text[:TEXT_LIMIT])
    return (found[1], int(found[2])) if found else None


def spelling_hashes(word: str) -> set[int]:
    """The hashes of a word's spellings, as the macros `spellings` and `short_hash` make them."""
    if len(word) not in _SPELLED_LENGTHS:
        return set()
    spellings = {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
    if len(word) >= _SKELETON_LENGTH:
        spellings.add("~" + _VOWELS.sub("", word))
    return {short_hash(spelling) for spelling in spellings}


def short_hash(spelling: str) -> int:
    """The first 28 bits of a spelling's MD5: no secret, only what every engine can compute."""
    digest = hashlib.md5(spelling.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    return int(digest[:7], 16)
