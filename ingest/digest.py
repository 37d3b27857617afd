"""Numbers from texts: keys made at load, so that no engine downstream has to agree on a hash.

A digest is the first 60 bits of MD5, positive: the same in Python and in DuckDB, and nothing that
an attacker gains by: two texts that share one are one record less, and counted as such.
"""

import hashlib
import re

# ASCII white space, control characters and punctuation, and the no-break space.
_UNHEARD = r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\x{a0}]+"


def number(text: str | bytes) -> int:
    """The digest of a text, or of bytes."""
    data = text.encode() if isinstance(text, str) else text
    return int(hashlib.md5(data, usedforsecurity=False).hexdigest()[:15], 16)


def number_sql(text: str) -> str:
    """SQL of the digest of a SQL text."""
    return f"cast('0x' || left(md5({text}), 15) as bigint)"


def content(body: str) -> int:
    """The digest of what a review says, whatever its breaks, spaces and quotes became."""
    return number(re.sub(_UNHEARD.replace("x{a0}", "xa0"), "", body))


def content_sql(body: str) -> str:
    """SQL of `content`; without spaces first, an expression has little left to find."""
    return number_sql(f"regexp_replace(replace({body}, ' ', ''), '{_UNHEARD}', '', 'g')")
