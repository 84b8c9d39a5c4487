"""The parts of a briefing that links lead to, under the ids they have and those they had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from .errors import Problem, Related, ValuePath, meant
from .load import Loaded
from .records import Briefing

PAGE_ANCHORS = frozenset(
    "title answer one-sentence one-minute brief full highlights solid figures fronts claims others quotes disagreements unknowns timeline photos context related withdrawn sources history cite map".split()  # noqa: SIM905 - reads as a list of names
)
"""Anchors that a briefing's page uses for its own sections; those of its sources begin with `ref-`, the frame's with `bb-`."""
ANCHORED = ("fronts", "claims", "quotes", "events", "photos", "disagreements", "unknowns")
"""Fields of a briefing whose items have an anchor each; figures have one too, inside their claims."""


def anchors(briefing: Briefing) -> Iterator[tuple[ValuePath, str]]:
    """Each anchor of the briefing's page that comes from the record, and where it is written."""
    for where, part in anchored(briefing):
        yield (*where, "id"), part.id


def former_anchors(briefing: Briefing) -> Iterator[tuple[ValuePath, str, str]]:
    """Each anchor that the page had before: where it is written, what it was, what it is now."""
    for where, part in anchored(briefing):
        for index, former in enumerate(getattr(part, "formerly", ())):
            yield (*where, "formerly", index), former, part.id


def anchored(briefing: Briefing) -> Iterator[tuple[ValuePath, Any]]:
    """Each part of the briefing that has a place on its page: where it is written, and the part."""
    for group in ANCHORED:
        for index, part in enumerate(getattr(briefing, group)):
            yield (group, index), part
    for index, claim in enumerate(briefing.claims):
        for number, figure in enumerate(claim.figures):
            yield ("claims", index, "figures", number), figure


def clashing_anchors(loaded: Loaded, briefing: Briefing) -> Iterator[Problem]:
    """What is wrong with a briefing's anchors, those it had before included."""
    first: dict[str, ValuePath] = {}
    taken = {anchor for _, anchor in anchors(briefing)}
    free: dict[str, str] = {}
    for where, anchor in anchors(briefing):
        if is_the_pages_own(anchor):
            yield loaded.document.problem(where, f"`{anchor}`, which the page uses itself", "another id", meant(f"the-{anchor}"))
        elif anchor in first:
            mark = loaded.document.mark(first[anchor])
            if anchor not in free:
                free[anchor] = next(name for name in (f"{anchor}-{number}" for number in count(2)) if name not in taken)
            yield loaded.document.problem(
                where, f"`{anchor}` a second time", "an id that nothing else in this briefing has",
                meant(free[anchor], f"choose another, such as `{free[anchor]}`"),
                related=Related(loaded.document.path, mark.line, mark.col, "first defined here", mark.end),
            )  # fmt: skip
        else:
            first[anchor] = where
    yield from _clashing_former_anchors(loaded, briefing, first)


def _clashing_former_anchors(loaded: Loaded, briefing: Briefing, living: Mapping[str, ValuePath]) -> Iterator[Problem]:
    """An old link needs an anchor that is free, and one place to lead to."""
    first: dict[str, tuple[ValuePath, str]] = {}
    for where, former, now in former_anchors(briefing):
        other_place, other = first.setdefault(former, (where, now))
        related = None
        if former == now:
            found, hint = f"`{former}`, which is its id", "delete this line"
        elif is_the_pages_own(former):
            found, hint = f"`{former}`, which the page uses itself", "delete this line"
        elif former in living:
            found, hint, related = (
                f"`{former}`, the id of a living part",
                "give the other part another id, or delete this line",
                living[former],
            )
        elif other != now:
            found, hint, related = f"`{former}`, which `{other}` was called too", "keep it where most readers want to go", other_place
        elif other_place != where:
            found, hint = f"`{former}` a second time", "delete it here"
        else:
            continue
        mark = loaded.document.mark(related) if related else None
        beside = Related(loaded.document.path, mark.line, mark.col, "the other part") if mark else None
        yield loaded.document.problem(where, found, "an id no longer in use", hint, related=beside)


def is_the_pages_own(anchor: str) -> bool:
    """Whether a briefing's page uses the anchor itself, so that no part of a record can have it."""
    return anchor in PAGE_ANCHORS or anchor.startswith(("ref-", "bb-"))
