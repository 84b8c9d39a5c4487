"""A record's history as its pages tell it: each entry, and what each field went from and to, in a reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import prose
from ..anchors import anchored
from ..catalog import part_key
from ..edtf import EdtfError, parse
from ..history.facts import NoFieldError, Shape, shape_at
from ..history.facts import fields as fields_of
from ..history.paths import read_path
from ..markup import plain
from ..records import KINDS, Briefing, Claim, Event, Figure, Kind, Quote, Record, Update
from ..records.base import Change
from ..urls import Target, record_uri
from . import parts
from .difference import Piece, difference
from .library import Library, record_target

NAMES = {
    "said_by": "speaker",
    "said_on": "said on",
    "status_note": "reason for the status",
    "as_of": "date the number is about",
    "printed_as": "how it was printed",
    "low": "lower end",
    "high": "upper end",
    "answer": "one-sentence answer",
    "highlights": "main points",
    "key_figures": "key figures",
    "grade_reason": "reason for the grade",
    "carries": "what it repeats",
    "withdrawn": "withdrawn",
    "covers": "time it is about",
}
"""Fields whose name in a record says little to a reader; the others are read as they are written."""
DATES = frozenset({"as_of", "said_on", "happened", "date", "taken", "covers", "published", "when", "from", "to"})
PEOPLE = frozenset({"said_by", "about", "actors", "holder", "part_of", "publisher_actor"})
CLAIMS = frozenset({"highlights", "disputes", "supersedes", "claims"})
RECORDS = PEOPLE | {"places", "within", "sources", "source", "carries", "measure", "related"}
"""Fields that name records."""
CALLED: Mapping[str, tuple[Kind, ...]] = {
    **dict.fromkeys(PEOPLE, ("actor", "person")),
    "related": ("briefing",),
    "places": ("place",),
    "within": ("place",),
    "measure": ("measure",),
}
"""Those that are told by what these are called, with the kinds that they can be of."""
PARTS = frozenset({"other_events", "key_figures"})
"""Fields that name parts of a sheet other than claims."""
WHOLE = ("question", "text", "title", "name", "answer")
"""Fields that stand for a whole group, the first that it has."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that an entry changed.

    Attributes:
        path: where it is in the record.
        name: what it is, in a few words; empty for a whole part.
        before, after: its values; None where there was none.
        target: the claim, event or other part that it belongs to, where that has a place on a page.
        within: anchors of all parts around it, the outermost first.
    """

    path: str
    name: str
    before: str | None
    after: str | None
    target: Target | None
    within: tuple[str, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Both values, with what they share once where that helps."""
        return difference(self.before, self.after) if self.before and self.after else ()


@dataclass(frozen=True, slots=True)
class ChangeView:
    """An entry of some record's history."""

    record: Target
    kind: Kind
    update: Update
    fields: tuple[FieldChange, ...]
    version: Target | None = None
    """The record as it stood after this entry, where that can be read."""

    @property
    def groups(self) -> tuple[tuple[Target | None, tuple[FieldChange, ...]], ...]:
        """The fields by the part that they belong to, in order of first mention; each field of the record itself alone."""
        found: dict[object, list[FieldChange]] = {}
        for field in self.fields:
            found.setdefault(field.target or field.path, []).append(field)
        return tuple((fields[0].target, tuple(fields)) for fields in found.values())


@dataclass(frozen=True, slots=True)
class PartChange:
    """An entry as it is told at a part that it changed. Reasons are left to the entry's own note, unless nothing else changed."""

    update: Update
    fields: tuple[FieldChange, ...]


def record_changes(library: Library, kind: Kind, record: Record, versions: Mapping[int, Target] = {}) -> tuple[ChangeView, ...]:
    """A record's entries, newest first.

    Args:
        library: all records.
        kind, record: whose entries.
        versions: where the record can be read as it stood after an entry, by the entry's place in the list.
    """
    if not record.updates:
        return ()
    reader = _Reader.of(library, record)
    entries = [_entry(library, reader, kind, record, place, versions.get(place)) for place in range(len(record.updates))]
    return tuple(reversed(entries))


def record_change(library: Library, kind: Kind, record: Record, place: int, version: Target | None = None) -> ChangeView:
    """One of a record's entries, by its place among them."""
    return _entry(library, _Reader.of(library, record), kind, record, place, version)


def _entry(library: Library, reader: _Reader, kind: Kind, record: Record, place: int, version: Target | None) -> ChangeView:
    update = record.updates[place]
    return ChangeView(record_target(library, kind, record.id), kind, update, _for_readers(reader.fields(update.changes)), version)


def field_changes(library: Library, record: Record, changes: Iterable[Change]) -> tuple[FieldChange, ...]:
    """Changes of a record in a reader's words."""
    return _Reader.of(library, record).fields(changes)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What it takes to tell changes of one record: the words for its values, and where its parts are."""

    words: _Words
    places: Mapping[str, Target]

    @classmethod
    def of(cls, library: Library, record: Record) -> _Reader:
        # What was withdrawn has its place on the page too.
        whole = library.whole.of_kind("briefing").get(record.id) if isinstance(record, Briefing) else None
        claims = whole.claims if whole else ()
        units = {name: figure.unit for claim in claims for figure in claim.figures for name in (figure.id, *figure.formerly)}
        return cls(_Words(library, record, units), _places(whole) if whole else {})

    def fields(self, changes: Iterable[Change]) -> tuple[FieldChange, ...]:
        found = (_field_change(self.words, change, self.places) for change in changes)
        # One that names the same under another id is no news.
        return tuple(field for field in found if field.before is None or field.before != field.after)


def _for_readers(fields: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
    """Without what something is called among the records."""
    return tuple(field for field in fields if field.path.rpartition(".")[2] not in ("id", "formerly"))


def part_changes(entries: Iterable[ChangeView]) -> dict[str, tuple[PartChange, ...]]:
    """By anchor of a part: the entries that changed it or something in it, newest first."""
    found: dict[str, list[PartChange]] = {}
    for entry in entries:
        by_part: dict[str, list[FieldChange]] = {}
        for field in entry.fields:
            for anchor in field.within:
                by_part.setdefault(anchor, []).append(field)
        for anchor, fields in by_part.items():
            facts = [field for field in fields if not field.path.endswith(".status_note")]
            found.setdefault(anchor, []).append(PartChange(entry.update, tuple(facts or fields)))
    return {anchor: tuple(changes) for anchor, changes in found.items()}


def _places(briefing: Briefing) -> dict[str, Target]:
    """Where each part is on the page, by every id that it has or had."""
    found: dict[str, Target] = {}
    for _, part in anchored(briefing):
        target = Target(part_name(part), record_uri("briefing", briefing.id), part.id)
        found |= dict.fromkeys((*getattr(part, "formerly", ()), part.id), target)
    return found


_IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
_LAST = re.compile(r"(?:^|\.)([a-z_]+)(?:\[\])?$")


def _field_change(words: _Words, change: Change, places: Mapping[str, Target]) -> FieldChange:
    within = [places[name] for name in _IN_BRACKETS.findall(change.path) if name in places]
    last = _LAST.search(change.path)
    field = last[1] if last else ""
    before, after = change.from_, change.to
    if isinstance(before, list) and isinstance(after, list):
        # Of two lists, what is in one alone; when only the order differs, all.
        gone, new = [item for item in before if item not in after], [item for item in after if item not in before]
        if gone or new:
            before, after = gone or None, new or None
    shape = _shape(type(words.record), change.path)
    return FieldChange(
        path=change.path,
        name=_name(field, change.path),
        before=words.with_unit(change.path, field, words.of(shape, field, before)),
        after=words.with_unit(change.path, field, words.of(shape, field, after)),
        target=within[-1] if within else None,
        within=tuple(part.anchor for part in within),
    )


def _shape(model: type[Record], path: str) -> Shape:
    """What the value at a path is made of; of what tells no facts, text."""
    try:
        return shape_at(model, read_path(path) or ())
    except NoFieldError:
        return Shape()


def _name(field: str, path: str) -> str:
    """A field in a few words."""
    if path == "as_of":
        return "sources looked at up to"
    if path.endswith("[]"):
        return f"order of the {field}"
    return NAMES.get(field, field.replace("_", " "))


def part_name(part: Any) -> str:
    """A part of a briefing in a few words, as a link within a sentence."""
    match part:
        case Claim():
            return plain(part.text).removesuffix(".")
        case Figure():
            return parts.figure_words(part)
        case Quote():
            return f"“{part.text}”"
        case Event():
            return part.title
    return str(getattr(part, "question", None) or getattr(part, "title", None) or getattr(part, "alt", None) or part.id)


@dataclass(frozen=True, slots=True)
class _Words:
    """Values of a record's fields as a reader reads them."""

    library: Library
    record: Record
    units: Mapping[str, str]
    """By id of a figure: what it counts."""

    def of(self, shape: Shape, field: str, value: object) -> str | None:
        """A field's value on one line; None where there was none."""
        if value is None:
            return None
        if isinstance(value, dict):
            inner = fields_of(shape.model) if shape.model else {}
            short = next((name for name in WHOLE if isinstance(value.get(name), str)), None)
            if short:
                return _on_one_line(inner.get(short, Shape()), value[short])
            return "; ".join(f"{_name(name, name)}: {self.of(inner.get(name, Shape()), name, part)}" for name, part in value.items())
        if isinstance(value, list | tuple):
            return "; ".join(self.of(shape, field, part) or "" for part in value)
        return self._one(shape, field, str(value))

    def with_unit(self, path: str, field: str, words: str | None) -> str | None:
        """A number with what it counts, which it is never shown without."""
        names = _IN_BRACKETS.findall(path)
        unit = self.units.get(names[-1]) if names and field in ("value", "low", "high") else None
        return f"{words} {unit}" if words and unit else words

    def _part(self, reference: str) -> Any:
        """The part that a reference names. Of another sheet no more is read than that: what else is in it may change."""
        sheet, part_id = part_key(self.record.id, reference)
        own = self.library.whole.briefings
        if sheet != self.record.id and sheet in own:
            return self.library.all_parts.get((sheet, part_id))
        return next((part for _, part in anchored(own[self.record.id]) if part.id == part_id), None)

    def _one(self, shape: Shape, field: str, text: str) -> str:
        catalog, names = self.library.whole, self.library.names
        for kind in KINDS if field in RECORDS else ():
            text = self.library.renames.records.get((kind, text), text)
        if field in DATES:
            try:
                return parse(text).words
            except EdtfError:
                return text
        if name := next((found for kind in CALLED.get(field, ()) if (found := names.get((kind, text)))), None):
            return name.text
        if field in CLAIMS and (claim := catalog.claims.get(part_key(self.record.id, text))):
            return plain(claim.text).removesuffix(".")
        if field in PARTS and (part := self._part(text)):
            return part_name(part)
        if field in ("sources", "source", "carries") and text in catalog.sources:
            source = catalog.sources[text]
            return f"{source.publisher}, {source.date.words}" if source.date else source.publisher
        return _on_one_line(shape, text)


def _on_one_line(shape: Shape, text: str) -> str:
    """Prose without its marks; in any other text they are part of it."""
    return plain(text) if shape.is_prose else " ".join(prose.paragraphs(text))
