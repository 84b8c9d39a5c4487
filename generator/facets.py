"""What a page can be sorted out by, as its attributes have it: all values of a facet in one text."""

from __future__ import annotations

import re
from collections.abc import Iterable

SEPARATOR = "|"


def joined(values: Iterable[str]) -> str:
    """Values in one text, in which a backslash makes what follows part of a value."""
    return SEPARATOR.join(re.sub(r"[\\|]", r"\\\g<0>", value) for value in values)


def parted(text: str) -> list[str]:
    """The values of such a text."""
    return [re.sub(r"\\(.)", r"\1", value) for value in re.findall(r"(?:[^|\\]|\\.)+", text)]
