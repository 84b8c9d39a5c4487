"""What becomes of each record: the sheets that concern it, and the entries of any history that do.

For those who follow a place or an actor, and for the day on which a page last changed. Withdrawn sheets are included: that
they were withdrawn is news for whoever follows what they were about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .. import prose
from ..anchors import anchored
from ..catalog import part_key
from ..edtf import Edtf
from ..history.paths import Item, read_path
from ..kinds import KINDS, Kind
from ..mentions import CONCERNS, PARTS, SPEAKER, Mention, NamedIn, names_in_head, names_in_part, names_of_value, picked
from ..records import Briefing, Record, Update
from ..records.base import Change
from .library import Key, Library, Occasion
from .parts import updated

SEEN_ELSEWHERE = frozenset(
    {"name", "title", "publisher", "date", "grade", "read", "carries", "carries_unnamed", "url", "errata", "withdrawn"}
)
"""Fields of a record that the sheets show which name it."""
ALL_OF_IT = frozenset({"title", "withdrawn"})
"""Fields of a sheet that stand for the whole of it."""


def newest(found: Iterable[Occasion]) -> Edtf | None:
    """The day on which a page last changed, as far as the records know."""
    return max((occasion.day for occasion in found), key=lambda day: day.sort_key, default=None)


def all_mentions(library: Library) -> Iterator[Mention]:
    """What is published of all records, as mentions of what it concerns. All records are read for it."""
    for kind in KINDS:
        for record in library.whole.of_kind(kind).values():
            yield from mentions_of(library, kind, record)


def mentions_of(library: Library, kind: Kind, record: Record) -> Iterator[Mention]:
    """What is published of a record, as mentions of what it concerns."""
    for key, occasion in occasions(library, (kind, record.id), record):
        yield CONCERNS, ":".join(key), (occasion.day, *occasion.key, occasion.number, occasion.listed)


def occasions(library: Library, own: Key, record: Record) -> Iterator[tuple[Key, Occasion]]:
    """What is published of a record, each time with a record that it concerns.

    Args:
        library: all records.
        own, record: the record; of a sheet, with what was withdrawn from it.
    """
    if isinstance(record, Briefing):
        yield from _of_sheet(library, own, record)
        return
    for number, update in enumerate(record.updates, 1):
        occasion = Occasion(update.at, own, number, update.at)
        yield own, occasion
        # The sheets that show what it changed.
        if any(_first_step(change) in SEEN_ELSEWHERE for change in update.changes):
            for sheet in sorted(_sheets_with(library, own)):
                yield ("briefing", sheet), occasion


def _sheets_with(library: Library, key: Key) -> set[str]:
    """The sheets that name a record, or begin with a part of another that does."""
    links = library.backlinks
    found = set(links.named_by.get(key, ()))
    for sheet in tuple(found):
        for _, part in anchored(library.whole.briefings[sheet]):
            if any(_key(library, *named) == key for named in names_in_part(part)):
                found.update(links.picked_by.get((sheet, part.id), ()))
    return found


def _key(library: Library, kind: str, record_id: str) -> Key:
    if kind == SPEAKER:
        return ("actor" if record_id in library.whole.actors else "person"), record_id
    return kind, record_id  # type: ignore[return-value]  # the others are kinds


def _of_sheet(library: Library, own: Key, briefing: Briefing) -> Iterator[tuple[Key, Occasion]]:
    named = _Named(library, briefing)
    for key in {own, *named.everything}:
        yield key, Occasion(briefing.published, own, 0, updated(briefing))
    for number, update in enumerate(briefing.updates, 1):
        for key in {own, *named.by_entry(update)}:
            yield key, Occasion(update.at, own, number, update.at)


def _first_step(change: Change) -> str:
    path = read_path(change.path)
    return str(path[0]) if path else ""


class _Named:
    """Which records a sheet and each of its parts name."""

    def __init__(self, library: Library, briefing: Briefing) -> None:
        self._library, self._briefing = library, briefing
        self._parts = {
            name: self._keys(names_in_part(part)) for _, part in anchored(briefing) for name in (part.id, *getattr(part, "formerly", ()))
        }
        others = (part_key(briefing.id, reference) for reference in picked(briefing) if "#" in reference)
        self.everything = self._keys(names_in_head(briefing)).union(*self._parts.values(), *(self._named_in(*key) for key in others))

    def by_entry(self, update: Update) -> Iterator[Key]:
        """What an entry concerns: what the parts name that it changed, what it brought or took away, and what its reason names."""
        if not update.changes:
            yield from self.everything  # it does not say what it changed
        for change in update.changes:
            path = read_path(change.path) or ()
            if path and path[0] in ALL_OF_IT:
                yield from self.everything
            for step in path:
                if isinstance(step, Item):
                    yield from self._part(self._briefing.id, step.id)
            field = next((step for step in reversed(path) if isinstance(step, str)), "")
            # What both values name was not changed.
            for name, value in set(_leaves(field, change.from_)) ^ set(_leaves(field, change.to)):
                yield from self._by_value(name, value)
        for url in prose.links(update.note):
            yield from _linked(url)

    def _keys(self, named: Iterable[NamedIn]) -> set[Key]:
        return {_key(self._library, *each) for each in named}

    def _part(self, sheet: str, part_id: str) -> Iterator[Key]:
        """What a part names, and the sheets that show it. What a sheet shows of another concerns both."""
        yield from self._parts.get(part_id, ()) if sheet == self._briefing.id else self._named_in(sheet, part_id)
        for other in self._library.backlinks.shown_by.get((sheet, part_id), ()):
            yield "briefing", other

    def _named_in(self, sheet: str, part_id: str) -> set[Key]:
        """What a part of another sheet names."""
        part = self._library.all_parts.get((sheet, self._library.renames.parts.get((sheet, part_id), part_id)))
        return self._keys(names_in_part(part)) if part else set()

    def _by_value(self, field: str, value: str) -> Iterator[Key]:
        """What a value names, and what a part names that was put among others, or taken away."""
        yield from self._keys(names_of_value(field, value))
        if field in PARTS:
            yield from self._part(*part_key(self._briefing.id, value))
        for url in prose.links(value) if "](" in value else ():
            yield from _linked(url)


def _linked(url: str) -> Iterator[Key]:
    found = prose.record_link(url)
    if found:
        yield found[:2]


def _leaves(field: str, value: Any) -> Iterator[tuple[str, str]]:
    """Each text in a value, with the field that it stands in."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(name, inner)
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for inner in value:
            yield from _leaves(field, inner)
    elif value is not None:
        yield field, str(value)
