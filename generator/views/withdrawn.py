"""A record that was withdrawn, as its address still shows it."""

from __future__ import annotations

from dataclasses import dataclass

from ..anchors import anchors, former_anchors
from ..records import Briefing, Record


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """Why it is gone; `anchors` are the places on its page that links may still lead to."""

    reason: str
    anchors: tuple[str, ...]


def withdrawn_view(record: Record) -> WithdrawnView:
    """What is left of a withdrawn record."""
    found: tuple[str, ...] = ()
    if isinstance(record, Briefing):
        found = (*(anchor for _, anchor in anchors(record)), *(former for _, former, _ in former_anchors(record)))
    return WithdrawnView(record.withdrawn or "", found)
