"""Names in the order in which a reader looks them up, whatever the machine's locale."""

from __future__ import annotations

import re
import unicodedata

Key = tuple[bool, str, str, str]

OTHER = ""
DIGITS = "0"
"""What names are filed under that begin with no letter."""

_VARIED = re.compile(r"LATIN SMALL LETTER (?:DOTLESS )?([A-Z])(?: WITH .*)?")
_NOT_FILED = re.compile(r"[^\w\s]|_")
_DIGITS = re.compile(r"\d+")


def name_key(name: str) -> Key:
    """To sort by: neither case, accents nor punctuation count, and 9 comes before 10. Among equals, the name as written.

    Names that begin with neither letter nor digit come first.
    """
    filed = _filed(name)
    return _initial(filed) != OTHER, filed, name.casefold(), name


def initial(name: str) -> str:
    """The letter that a name is filed under, as it is filed: small. `DIGITS` for any digit, `OTHER` for neither."""
    return _initial(_filed(name))


def capital(letter: str) -> str:
    """A letter as it begins a name, in scripts whose names begin with capitals."""
    large = letter.title()  # `upper` would give Georgian letters that begin no name
    return large if large.casefold() == letter else letter


def _initial(filed: str) -> str:
    first = filed[:1]
    if first.isdecimal():
        return DIGITS
    return first if first.isalpha() else OTHER


def _filed(name: str) -> str:
    letters = name.casefold()
    if not letters.isascii():
        # Decomposed before as well: a letter such as ℝ or 𝐀 has no small form until it is plain.
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letters).casefold())
        letters = "".join(_plain(char) for char in letters if not unicodedata.combining(char))
    words = " ".join(_NOT_FILED.sub(" ", letters).split())
    return _DIGITS.sub(lambda digits: digits[0].zfill(12), words)


def _plain(char: str) -> str:
    """Without a stroke, or with its dot: `ł`, `ø` and `ı` are letters of their own, which decomposing leaves alone."""
    varied = _VARIED.fullmatch(unicodedata.name(char, ""))
    return varied[1].lower() if varied else char
