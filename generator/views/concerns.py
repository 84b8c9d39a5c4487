"""What became of each record: the sheets that concern it, and the entries of any history that do.

For those who follow a place or an actor, and for the day on which a page last changed. It is found in one pass over all
sheets, the withdrawn ones included: that they were withdrawn is news for whoever follows what they were about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .. import prose
from ..anchors import anchored
from ..catalog import Catalog, part_key
from ..edtf import Edtf
from ..history.paths import Item, read_path
from ..kinds import KINDS, Kind
from ..records import Briefing, Claim, Disagreement, Event, Figure, Front, Quote, Update
from ..records.base import Change

Key = tuple[Kind, str]
"""A record: its kind and id."""

SEEN_ELSEWHERE = frozenset(
    {"name", "title", "publisher", "date", "grade", "read", "carries", "carries_unnamed", "url", "errata", "withdrawn"}
)
"""Fields of a record that the sheets show which name it."""
ALL_OF_IT = frozenset({"title", "withdrawn"})
"""Fields of a sheet that stand for the whole of it."""
_SPEAKERS = frozenset({"said_by", "about", "actors", "holder", "publisher_actor", "part_of"})
_PLACES = frozenset({"places", "within"})
_SOURCES = frozenset({"sources", "source", "starting_point"})
_PARTS = frozenset({"highlights", "key_figures", "other_events", "claims", "disputes", "supersedes"})


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which something was published that concerns a record.

    Attributes:
        day: when.
        key: the record in whose history it is.
        number: of its entry, from 1; 0 for the first publication of a sheet.
    """

    day: Edtf
    key: Key
    number: int


def occasions(catalog: Catalog) -> Mapping[Key, list[Occasion]]:
    """By record: everything that concerns it, in no order of time.

    Args:
        catalog: all records, with those that were withdrawn.
    """
    found: defaultdict[Key, list[Occasion]] = defaultdict(list)
    named = _Named(catalog)
    for briefing in catalog.briefings.values():
        own: Key = ("briefing", briefing.id)
        everything = named.by_sheet(briefing)
        first = Occasion(briefing.published, own, 0)
        for key in {own, *everything}:
            found[key].append(first)
        for number, update in enumerate(briefing.updates, 1):
            occasion = Occasion(update.at, own, number)
            for key in {own, *named.by_entry(briefing, update, everything)}:
                found[key].append(occasion)
    _add_entities(catalog, named, found)
    return found


def newest_days(found: Mapping[Key, list[Occasion]]) -> dict[Key, Edtf]:
    """By record: the day on which its page last changed, as far as the records know."""
    return {key: max((occasion.day for occasion in each), key=lambda day: day.sort_key) for key, each in found.items()}


def _add_entities(catalog: Catalog, named: _Named, found: defaultdict[Key, list[Occasion]]) -> None:
    """The entries of all other records: each concerns the record itself, and the sheets that show what it changed."""
    for kind in KINDS:
        for record in catalog.of_kind(kind).values() if kind != "briefing" else ():
            for number, update in enumerate(record.updates, 1):
                occasion = Occasion(update.at, (kind, record.id), number)
                found[occasion.key].append(occasion)
                if any(_first_step(change) in SEEN_ELSEWHERE for change in update.changes):
                    for sheet in named.sheets_with((kind, record.id)):
                        found["briefing", sheet].append(occasion)


def _first_step(change: Change) -> str:
    path = read_path(change.path)
    return str(path[0]) if path else ""


class _Named:
    """Which records each part of each sheet names."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._parts: dict[tuple[str, str], set[Key]] = {}
        self._sheets: defaultdict[Key, list[str]] = defaultdict(list)
        self._whole: dict[str, set[Key]] = {}
        for briefing in catalog.briefings.values():
            for _, part in anchored(briefing):
                named = set(self._by_part(briefing.id, part))
                for name in (part.id, *getattr(part, "formerly", ())):
                    self._parts[briefing.id, name] = named
        # What a sheet shows of another concerns both: the one that shows it and the one that it is from.
        for briefing in catalog.briefings.values():
            self._whole[briefing.id] = set(self._head(briefing))
            for _, part in anchored(briefing):
                self._whole[briefing.id] |= self._parts[briefing.id, part.id]
            for sheet, name in self._foreign(briefing):
                if (sheet, name) in self._parts:
                    self._parts[sheet, name].add(("briefing", briefing.id))
            for key in self._whole[briefing.id]:
                self._sheets[key].append(briefing.id)

    def by_sheet(self, briefing: Briefing) -> set[Key]:
        """All that a sheet names."""
        return self._whole[briefing.id]

    def sheets_with(self, key: Key) -> list[str]:
        """The sheets that name a record."""
        return self._sheets.get(key, [])

    def by_entry(self, briefing: Briefing, update: Update, everything: set[Key]) -> Iterator[Key]:
        """What an entry concerns: what the parts name that it changed, what it brought or took away, and what its reason names."""
        if not update.changes:
            yield from everything  # it does not say what it changed
        for change in update.changes:
            path = read_path(change.path) or ()
            if path and path[0] in ALL_OF_IT:
                yield from everything
            for step in path:
                if isinstance(step, Item):
                    yield from self._parts.get((briefing.id, step.id), ())
            field = next((step for step in reversed(path) if isinstance(step, str)), "")
            # What both values name was not changed.
            for name, value in set(_leaves(field, change.from_)) ^ set(_leaves(field, change.to)):
                yield from self._by_value(briefing.id, name, value)
        for url in prose.links(update.note):
            yield from self._linked(url)

    def _by_part(self, sheet: str, part: Any) -> Iterator[Key]:
        match part:
            case Claim():
                yield from self._all(sheet, part, "places", "said_by", "about", "sources", "disputes", "supersedes")
                yield from (("measure", figure.measure) for figure in part.figures)
            case Figure():
                yield "measure", part.measure
            case Quote():
                yield from self._all(sheet, part, "said_by", "sources")
                for other in (*part.alterations, *part.variants):
                    yield from self._all(sheet, other, "sources")
            case Event():
                yield from self._all(sheet, part, "places", "actors", "claims")
            case Front():
                yield from self._all(sheet, part, "places", "actors")
            case Disagreement():
                yield from self._all(sheet, part, "claims")
            case _:
                yield from self._all(sheet, part, "sources")

    def _all(self, sheet: str, part: Any, *fields: str) -> Iterator[Key]:
        for field in fields:
            for value in getattr(part, field):
                yield from self._own(sheet, field, value if isinstance(value, str) else value.source)

    def _own(self, sheet: str, field: str, value: str) -> Iterator[Key]:
        """What a field's value names itself, without what that names in its turn."""
        catalog = self._catalog
        if field in _SPEAKERS:
            yield ("actor" if value in catalog.actors else "person"), value
        elif field in _PLACES:
            yield "place", value
        elif field in _SOURCES:
            yield "source", value
        elif field == "measure":
            yield "measure", value
        elif field == "related":
            yield "briefing", value
        elif field in _PARTS and "#" in value:
            yield "briefing", part_key(sheet, value)[0]

    def _by_value(self, sheet: str, field: str, value: str) -> Iterator[Key]:
        """The same, and what a part names that was put among others, or taken away."""
        yield from self._own(sheet, field, value)
        if field in _PARTS:
            yield from self._parts.get(part_key(sheet, value), ())
        for url in prose.links(value) if "](" in value else ():
            yield from self._linked(url)

    def _linked(self, url: str) -> Iterator[Key]:
        found = prose.record_link(url)
        if found:
            yield found[:2]

    def _head(self, briefing: Briefing) -> Iterator[Key]:
        """What a sheet names outside of its parts."""
        for field in ("related", "highlights", "key_figures", "other_events"):
            for value in getattr(briefing, field):
                yield from self._by_value(briefing.id, field, value)
        if briefing.starting_point:
            yield "source", briefing.starting_point

    def _foreign(self, briefing: Briefing) -> Iterator[tuple[str, str]]:
        """Parts of other sheets that a sheet shows."""
        shown: list[str] = [*briefing.highlights, *briefing.key_figures, *briefing.other_events]
        for claim in briefing.claims:
            shown += [*claim.disputes, *claim.supersedes]
        shown += [claim for event in briefing.events for claim in event.claims]
        shown += [claim for item in briefing.disagreements for claim in item.claims]
        return (part_key(briefing.id, reference) for reference in shown if "#" in reference)


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
