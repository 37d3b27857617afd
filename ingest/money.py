"""Money as pages write it: `$8,000,000 (estimated)`, `DEM 3,000,000`, `€18,000,000`.

A currency is never guessed. A code of ISO 4217 is what it says; a symbol counts where it means
one currency: a bare `$` is the US dollar, because every other dollar is written with a letter
before it (`A$`, `CA$`, `NZ$`), `¥` the yen, because the yuan is `CN¥`. That is the usage of
Unicode's CLDR for US English, which IMDb and The Numbers follow. `kr` is the krone of four
countries: no amount.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest import reference

# As wide as the lake's column.
MAX_AMOUNT = Decimal(10) ** 16
MAX_LENGTH = 100
_CENT = Decimal("0.01")
_SCALES = {
    "thousand": 10**3, "k": 10**3, "lakh": 10**5, "million": 10**6, "mil": 10**6, "m": 10**6,
    "crore": 10**7, "billion": 10**9, "bn": 10**9, "b": 10**9,
}  # fmt: skip
_ESTIMATED = re.compile(r"\(\s*(?:estimated|est\.?)\s*\)|\bestimated\b|\best\.", re.IGNORECASE)
# Thousands in groups of three by a comma, an apostrophe or a space, or by points if there are two
# of them: `1.234` alone is a thousand to some and one to others. Or as in India: 1,50,00,000.
_NUMBER = r"""(?P<number>
    [0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?
    | [0-9]{1,3}(?:['\u2019][0-9]{3})+(?:\.[0-9]+)?
    | [0-9]{1,3}(?:\ [0-9]{3})+(?:[.,][0-9]{1,2})?
    | [0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]{1,2})?
    | [0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?
    | [0-9]+(?:\.[0-9]+)?
)"""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of a currency, by its ISO 4217 code; it may be 0 or negative."""

    amount: Decimal
    currency_code: str
    is_estimated: bool = False


class MoneyError(ValueError):
    """The text is no amount of a currency; the message says why, without the text."""


def parse(text: str) -> Money:
    """Read one amount.

    Raises:
        MoneyError: no number, more than one, or a currency that nobody can name.
    """
    if len(text) > MAX_LENGTH:
        raise MoneyError(f"longer than {MAX_LENGTH} characters")
    plain, marks = _ESTIMATED.subn(" ", unicodedata.normalize("NFKC", text).replace("\u2212", "-"))
    if not re.search(r"[0-9]", plain):
        raise MoneyError("no number")
    found = _grammar().fullmatch(" ".join(plain.split()))
    if found is None:
        raise MoneyError("not one amount with its currency before or after it")
    currencies = {_currency(mark) for mark in found.group("before", "after") if mark}
    if not currencies:
        raise MoneyError("no currency")
    if len(currencies) > 1:
        raise MoneyError(f"two currencies: {' and '.join(sorted(currencies))}")
    return Money(_amount(found), currencies.pop(), marks > 0)


@cache
def _grammar() -> re.Pattern[str]:
    symbols = sorted(reference.currency_symbols(), key=len, reverse=True)
    mark = rf"(?:{'|'.join(re.escape(symbol) for symbol in symbols)}|[^\W\d_]+\.?|[^\w\s]+)"
    scale = "|".join(sorted(_SCALES, key=len, reverse=True))
    return re.compile(
        rf"""
        (?P<sign>-)?\s*(?:(?P<before>(?!-){mark})\s*)?(?P<inner>-)?\s*
        {_NUMBER}
        (?:\s*(?P<scale>(?i:{scale}))\b\.?)?
        (?:\s*(?P<after>{mark}))?
        """,
        re.VERBOSE,
    )


def _currency(mark: str) -> str:
    code = reference.currency_symbols().get(mark)
    if code is None and mark in reference.currency_codes():
        code = mark
    if code is None:
        raise MoneyError(f"the currency {mark!r} is in no list, or means several")
    return code


def _amount(found: re.Match[str]) -> Decimal:
    number, scale = found["number"], found["scale"]
    if re.fullmatch(r"[0-9]+\.[0-9]{3,}", number) and not scale:
        raise MoneyError("its point may part thousands or cents")
    if re.search(r"\.[0-9]{3}\.|\ .*,|\..*,", number):
        number = number.replace(".", "").replace(",", ".")
    amount = Decimal(re.sub(r"[,'\u2019 ]", "", number)) * _SCALES.get((scale or "").lower(), 1)
    if amount >= MAX_AMOUNT:
        raise MoneyError("more than sixteen digits")
    if amount % _CENT:
        raise MoneyError("parts of a cent")
    negative = bool(found["sign"]) != bool(found["inner"])
    return (-amount if negative else amount).quantize(_CENT)
