"""Names in the order in which a reader looks them up, whatever the machine's locale."""

from __future__ import annotations

import re
import unicodedata

Key = tuple[str, str, str]

_STROKED = re.compile(r"(LATIN (?:SMALL|CAPITAL) LETTER [A-Z]) WITH .*")
_NOT_FILED = re.compile(r"[^\w\s]|_")
_DIGITS = re.compile(r"\d+")


def name_key(name: str) -> Key:
    """To sort by: neither case, accents nor punctuation count, and 9 comes before 10. Among equals, the name as written."""
    return _filed(name), name.casefold(), name


def initial(name: str) -> str:
    """The letter that a name is filed under, as a capital; `0–9` for digits, nothing for neither."""
    first = _filed(name)[:1]
    if first.isdigit():
        return "0–9"
    return first.upper() if first.isalpha() else ""


def _filed(name: str) -> str:
    letters = name.casefold()
    if not letters.isascii():
        letters = "".join(_plain(char) for char in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(char))
    words = " ".join(_NOT_FILED.sub(" ", letters).split())
    return _DIGITS.sub(lambda digits: digits[0].zfill(12), words)


def _plain(char: str) -> str:
    """Without a stroke: `ł` and `ø` are letters of their own, which decomposing leaves alone."""
    stroked = _STROKED.fullmatch(unicodedata.name(char, ""))
    return unicodedata.lookup(stroked[1]).lower() if stroked else char
