"""Two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

LONG = 12
"""Words from which on a text is compared word by word; shorter ones are read at a glance, before and after."""
ALIKE = 0.5
"""Share of words in common below which two texts are two, and marking what they share would only confuse ..."""
HELD = 0.8
"""... unless so much of the shorter one is in the other: something was added to it, or taken away."""
AROUND = 8
"""Words shown before and after what changed; the rest of what stayed is left out."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went or came."""

    kind: Literal["kept", "gone", "new", "left out"]
    text: str


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """What of a text went and what came, in reading order; the whole of both when they are short or have little in common."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    whole = (Piece("gone", before), Piece("new", after))
    if min(len(old), len(new)) < LONG:
        return whole
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    if 2 * shared < ALIKE * (len(old) + len(new)) and shared < HELD * min(len(old), len(new)):
        return whole
    pieces: list[Piece] = []
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            pieces.extend(_kept(old[start:end], is_first=start == 0, is_last=end == len(old)))
            continue
        if end > start:
            pieces.append(Piece("gone", " ".join(old[start:end])))
        if new_end > new_start:
            pieces.append(Piece("new", " ".join(new[new_start:new_end])))
    return tuple(pieces)


def _kept(words: list[str], *, is_first: bool, is_last: bool) -> Iterator[Piece]:
    """What stayed between two changes, or before the first, or after the last: no more of it than is needed to find them."""
    before, after = 0 if is_first else AROUND, 0 if is_last else AROUND
    if len(words) <= before + after + 1:
        yield Piece("kept", " ".join(words))
        return
    if before:
        yield Piece("kept", " ".join(words[:before]))
    yield Piece("left out", "…")
    if after:
        yield Piece("kept", " ".join(words[-after:]))


_WORD = re.compile(r"\S+")
