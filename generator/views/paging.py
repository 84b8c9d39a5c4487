"""Long lists cut into pages: what is on each, where each group begins, and the ways on and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Generic, Literal, TypeVar

from ..urls import Target, paged_uri
from .alphabet import DIGITS, OTHER, capital, initial

T = TypeVar("T")
U = TypeVar("U")

SHOWN_ALL = 9
"""A pager names every page up to this many; of more, the first, the last and those around the reader's own."""
AROUND = 2
FEW = 30
"""As many names can be looked through without letters above them."""
MANY_LETTERS = 60
"""Scripts with more initials than this are not looked up by initial."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a group of entries has in common."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Entries that follow each other under one heading; None where a list needs no headings."""

    heading: Heading | None
    entries: tuple[T, ...]
    continued: bool
    """Whether the group began on an earlier page."""


@dataclass(frozen=True, slots=True)
class Step:
    """A page as the pager names it."""

    number: int
    label: str
    """What is on it: `Abadi – Dillon`, `3 to 19 November 2017`."""
    uri: str

    @property
    def target(self) -> Target:
        """A link to it, by what is on it."""
        return Target(self.label, self.uri)


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """One page of a list, which may be the only one."""

    groups: tuple[Group[T], ...]
    total: int
    """Entries on all pages together."""
    here: Step
    count: int
    """How many pages there are."""
    steps: tuple[Step | None, ...]
    """The pages to name in the pager, in order; None stands for those left out."""
    previous: Step | None
    next: Step | None
    contents: tuple[Target, ...]
    """Where each group of the whole list begins; empty while all is on one page."""

    def map(self, change: Callable[[T], U]) -> ListPage[U]:
        """The same page with something else for each entry."""
        groups = tuple(Group(group.heading, tuple(map(change, group.entries)), group.continued) for group in self.groups)
        return ListPage(groups, self.total, self.here, self.count, self.steps, self.previous, self.next, self.contents)

    @property
    def entries(self) -> tuple[T, ...]:
        """All of its entries, in order."""
        return tuple(entry for group in self.groups for entry in group.entries)


def paginate(
    entries: Iterable[T],
    uri: str,
    *,
    size: int,
    heading: Callable[[T], Heading | None],
    label: Callable[[Sequence[T]], str],
    grows: Literal["anywhere", "at the end", "at the start"] = "anywhere",
) -> tuple[ListPage[T], ...]:
    """Cut a list into pages, in the order given. An empty list has one page.

    What grows at one end is cut so that pages change there and nowhere else: all others are full. One that grows at its
    start has up to twice as much on its first page, which other pages call the latest. Any other is cut into equal pages.

    Args:
        entries: sorted, so that those with the same heading stand together.
        uri: the first page.
        size: most entries on a page.
        heading: the group that an entry belongs to.
        label: says in a few words what is on a page with these entries.
        grows: where new entries come in, as a rule.
    """
    found = tuple(entries)
    cuts = _cuts(len(found), size, grows)
    count = len(cuts) - 1
    parts = [found[start:end] for start, end in pairwise(cuts)]
    steps = tuple(Step(number, label(part) if part else "", paged_uri(uri, number)) for number, part in enumerate(parts, 1))
    if grows == "at the start" and count > 1:
        steps = (Step(1, LATEST, steps[0].uri), *steps[1:])
    begins: dict[Heading, Step] = {}
    grouped = []
    for step, part in zip(steps, parts, strict=True):
        groups = []
        for head, members in groupby(part, key=heading):
            continued = head is not None and begins.setdefault(head, step) is not step
            groups.append(Group(head, tuple(members), continued))
        grouped.append(tuple(groups))
    contents = tuple(Target(head.text, step.uri, head.anchor) for head, step in begins.items()) if count > 1 else ()
    return tuple(
        ListPage(
            groups=groups,
            total=len(found),
            here=step,
            count=count,
            steps=_shown(steps, step.number),
            previous=steps[step.number - 2] if step.number > 1 else None,
            next=steps[step.number] if step.number < count else None,
            contents=contents,
        )
        for step, groups in zip(steps, grouped, strict=True)
    )


LATEST = "the latest"


def _cuts(total: int, size: int, grows: str) -> list[int]:
    """Where pages begin, and where the last one ends."""
    if grows == "at the start":
        return [0, *range(total - (total // size - 1) * size, total, size), total] if total >= 2 * size else [0, total]
    if grows == "at the end":
        return [*(range(0, total, size) or [0]), total]
    count = max(1, -(-total // size))
    return [total * number // count for number in range(count + 1)]


def _shown(steps: tuple[Step, ...], here: int) -> tuple[Step | None, ...]:
    """All steps, or with gaps of at least two."""
    if len(steps) <= SHOWN_ALL:
        return steps
    wanted = {1, len(steps), *range(here - AROUND, here + AROUND + 1)}
    wanted |= {number for number in range(2, len(steps)) if {number - 1, number + 1} <= wanted}
    shown: list[Step | None] = []
    for step in steps:
        if step.number in wanted:
            shown.append(step)
        elif shown[-1]:
            shown.append(None)
    return tuple(shown)


# --- lists by name ------------------------------------------------------------------------------------


def by_letter(names: Sequence[str]) -> Callable[[str], Heading | None]:
    """The headings of an alphabetical list: letters, or none where the names are few or their initials too many."""
    letters = {initial(name) for name in names}
    if len(names) <= FEW or len(letters) > MANY_LETTERS:
        return lambda name: None
    return lambda name: _letter(initial(name))


def _letter(letter: str) -> Heading:
    if letter == OTHER:
        return Heading("Other", "letter-other")
    if letter == DIGITS:
        return Heading("0–9", "letter-0")
    return Heading(capital(letter), f"letter-{letter if letter.isascii() else format(ord(letter), 'x')}")


def names_label(first: str, last: str) -> str:
    """What is on a page of names: `Abadi – Dillon`."""
    return short(first) if first == last else f"{short(first)} – {short(last)}"


def short(text: str, limit: int = 22) -> str:
    """A text in few characters, cut between words where it can be."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return re.sub(r"(?<=.{8})[\s,;:–-]+\S*$", "", cut, flags=re.DOTALL).rstrip() + "…"
