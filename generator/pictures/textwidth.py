"""How much room a text takes, guessed on the wide side: the reader's font is not known here."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NARROW = frozenset("ijlI.,:;'’‘!|()[]·/ ftr-")
_WIDE = frozenset("mwMW@%—…&")
_BLOCKS = (
    (0x0590, 0x05FF, 0.66),  # Hebrew
    (0x0600, 0x08FF, 0.68),  # Arabic, Syriac, Thaana: joined letters, the widest of them alone
    (0x0900, 0x0DFF, 0.85),  # the scripts of India and Sri Lanka
    (0x0E00, 0x0FFF, 0.75),  # Thai, Lao, Tibetan
    (0x1000, 0x139F, 0.95),  # Burmese, Georgian, Ethiopic
    (0x1780, 0x18AF, 0.95),  # Khmer, Mongolian
    (0x2E80, 0xD7FF, 1.05),  # Chinese, Japanese, Korean
    (0xF900, 0xFAFF, 1.05),
    (0xFB1D, 0xFDFF, 0.9),  # Hebrew and Arabic presentation forms
    (0xFE70, 0xFEFF, 0.7),
    (0xFF00, 0xFFEF, 1.05),
    (0x1F000, 0x1FAFF, 1.4),  # emoji
    (0x20000, 0x3FFFF, 1.05),
)
_BOLD = 1.13


@lru_cache(4_000)  # letters: more than the scripts of one site have
def em_width(char: str) -> float:
    """The advance of a character in ems, after DejaVu Sans and Verdana, the widest of the common fonts."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    code = ord(char)
    if code < 0x250:
        if char in _NARROW:
            return 0.42
        if char in _WIDE:
            return 1.0
        return 0.76 if char.isupper() else 0.66
    for first, last, width in _BLOCKS:
        if first <= code <= last:
            return width
    return 0.85


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in the unit of `size`, never less than what a common font takes."""
    return sum(map(em_width, text)) * size * (_BOLD if bold else 1.0)
