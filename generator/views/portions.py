"""Long lists of a record: its own page has a part of each, and pages of their own have the rest.

What is in time is counted from its oldest entry, and the own page has the latest. So a new entry, which is nearly
always among the latest, changes the own page alone; when that is full, one page more is cut off, which the page before
it then names. No other page says how long the list is, or which page is its last: that would change with every entry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from ..kinds import Kind
from ..urls import Target, section_uri
from .paging import AROUND, SHOWN_ALL
from .rows import Rows

E = TypeVar("E")
V = TypeVar("V")

ROUND = (1, 2, 5)
"""Of very many pages, every so manieth is named: the 10th, the 20th and so on."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of a list a page has.

    Attributes:
        own: most entries on the record's own page.
        further: entries on each other page. Fewer than `own`: then the own page is never left with only one or two.
    """

    own: int
    further: int

    def pages(self, total: int) -> int:
        """How many pages a list takes besides the own one."""
        return max(0, -((self.own - total) // self.further))


@dataclass(frozen=True, slots=True)
class Form:
    """What lists of one sort have in common.

    Attributes:
        name: how a template shows their entries.
        noun: what the entries are: `claims`.
        order: what they go by: `by date`; may be empty.
        limit: how many a page has.
        in_time: whether the last are the latest, and so what the own page has; else it has the first.
    """

    name: str
    noun: str
    order: str
    limit: Limit
    in_time: bool = True


@dataclass(frozen=True, slots=True)
class Section(Generic[E, V]):
    """A list of a record in the order in which it is read, before anything in it is resolved.

    Attributes:
        kind: of the record.
        record_id: whose list it is.
        name: the folder of its pages.
        anchor: its place on the record's own page.
        title: what it is, as a heading.
        form: what sort of list it is.
        entries: all of them.
        label: says in a few words what some entries are about.
        show: what a page shows of the entries from a place in the list to another.
    """

    kind: Kind
    record_id: str
    name: str
    anchor: str
    title: str
    form: Form
    entries: Sequence[E]
    label: Callable[[Sequence[E]], str]
    show: Callable[[Sequence[E], int, int], tuple[V, ...]]

    @property
    def pages(self) -> int:
        """How many pages it has besides the own one."""
        return self.form.limit.pages(len(self.entries))

    def uri(self, number: int) -> str:
        """Where a page of it is; 0 is the own page."""
        return section_uri(self.kind, self.record_id, self.name, number)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The entries on a page, as another page names them.

    Attributes:
        words: which they are: `41 to 80`.
        label: what they are about; may be empty.
        target: where they are.
    """

    words: str
    label: str
    target: Target


@dataclass(frozen=True, slots=True)
class Portion(Generic[V]):
    """What a page has of a list.

    Attributes:
        title: what the list is.
        form: what sort of list.
        entries: those of this page, resolved, in order.
        count: how many those are.
        begins: the number of the first, counted from the first of all.
        total: how many there are on all pages; known on the record's own page alone.
        here: this page's part of the list.
        previous: the page before in the order of the list.
        next: the page after.
        steps: pages to name, in order, this one among them; None stands for those left out. Empty while all is on one page.
    """

    title: str
    form: Form
    entries: tuple[V, ...]
    count: int
    begins: int
    total: int | None
    here: Stretch
    previous: Stretch | None
    next: Stretch | None
    steps: tuple[Stretch | None, ...]


def own_portion(section: Section[E, V]) -> Portion[V]:
    """What the record's own page has of a list."""
    return portion(section, 0)


def portion(section: Section[E, V], number: int) -> Portion[V]:
    """What a page has of a list.

    Args:
        section: the list.
        number: of the page, from 1; 0 for the record's own.
    """
    # The own page comes after all others, or before them.
    order = [*range(1, section.pages + 1), 0] if section.form.in_time else range(section.pages + 1)
    here = order.index(number)
    named = _named(order, here, from_own=number == 0)
    stretches = {place: _stretch(section, order[place], number) for place in {*named, *range(max(here - 1, 0), min(here + 2, len(order)))}}
    start, stop = _bounds(section, number)
    return Portion(
        title=section.title,
        form=section.form,
        entries=section.show(section.entries, start, stop),
        count=stop - start,
        begins=start + 1,
        total=None if number else len(section.entries),
        here=stretches[here],
        previous=stretches.get(here - 1) if here else None,
        next=stretches.get(here + 1) if here + 1 < len(order) else None,
        steps=_with_gaps(named, order, stretches) if section.pages else (),
    )


@dataclass(frozen=True, slots=True)
class Cut:
    """A further page of a list before anything on it is resolved.

    Attributes:
        kind, record_id, name: whose list it is, and which.
        number: of the page.
        anchor: the list's place on the record's own page.
        portion: what the page has, without the entries.
        rows: those, as rows or as they are; the one before them too, where there is one.
        before: whether there is.
    """

    kind: Kind
    record_id: str
    name: str
    number: int
    anchor: str
    portion: Portion[Any]
    rows: tuple[Any, ...]
    before: bool

    @property
    def uri(self) -> str:
        """Where the page is."""
        return section_uri(self.kind, self.record_id, self.name, self.number)


def cut(section: Section[E, V], number: int) -> Cut:
    """A further page of a list, from 1."""
    start, stop = _bounds(section, number)
    before = start > 0
    shown = portion(replace(section, show=lambda entries, start, stop: ()), number)
    entries = section.entries
    rows = entries.rows if isinstance(entries, Rows) else tuple(entries)
    return Cut(section.kind, section.record_id, section.name, number, section.anchor, shown, rows[start - before : stop], before)


def _bounds(section: Section[E, V], number: int) -> tuple[int, int]:
    """Where a page's entries begin and end in the list."""
    total, limit = len(section.entries), section.form.limit
    if section.form.in_time:
        return (limit.further * (number - 1), limit.further * number) if number else (limit.further * section.pages, total)
    start = limit.own + limit.further * (number - 1) if number else 0
    return start, min(total, start + (limit.further if number else limit.own))


def _stretch(section: Section[E, V], number: int, seen_from: int) -> Stretch:
    """A page's entries. Those of the own page, which change, are not counted on the others."""
    target = Target("", section.uri(number), "" if number else section.anchor)
    if section.form.in_time and seen_from and not number:
        return Stretch("the latest", "", target)
    start, stop = _bounds(section, number)
    words = f"{start + 1:,} to {stop:,}" if stop > start + 1 else f"{stop:,}"
    return Stretch(words, section.label(section.entries[start:stop]) if section.pages else "", target)


def _named(order: Sequence[int], here: int, *, from_own: bool) -> list[int]:
    """Places in the order that a page names: its neighbours and the ends, as far as they stand still; the own page names more."""
    wanted = {*range(here - AROUND, here + 2)}
    if from_own:
        wanted |= {0, len(order) - 1}
        step = next(each for each in _rounds() if (len(order) - 1) // each <= SHOWN_ALL)
        wanted |= {place for place, number in enumerate(order) if not number % step}
    else:
        wanted |= {0, order.index(0)}
    return sorted(place for place in wanted if 0 <= place < len(order))


def _rounds() -> Sequence[int]:
    return [factor * 10**power for power in range(7) for factor in ROUND]


def _with_gaps(named: Sequence[int], order: Sequence[int], stretches: dict[int, Stretch]) -> tuple[Stretch | None, ...]:
    found: list[Stretch | None] = []
    for nth, place in enumerate(named):
        # Whether pages are left out before the latest is not said: there will be.
        if nth and place > named[nth - 1] + 1 and order[place]:
            found.append(None)
        found.append(stretches[place])
    return tuple(found)
