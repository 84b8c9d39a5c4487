"""What changed after publication: every update of every record, and the list of them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..anchors import anchors
from ..records import FOLDERS, Briefing, Kind, Update
from ..records.base import Change
from ..urls import CHANGES, Target, record_uri
from ..wording import span
from . import parts
from .paging import Heading, ListPage, names_label, paginate
from .parts import Library

CHANGES_PER_PAGE = 50

CHANGED = {
    "correction": Heading("Corrected", "corrected"),
    "withdrawal": Heading("Withdrawn", "withdrawn"),
    "clarification": Heading("Clarified", "clarified"),
    "update": Heading("Updated", "updated"),
}
"""What was done, the gravest first."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that an update changed."""

    path: str
    before: str | None
    after: str | None
    target: Target | None
    """The claim, event or other part that it belongs to, where that has a place of its own on a page."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """An update of some record."""

    record: Target
    kind: Kind
    update: Update
    fields: tuple[FieldChange, ...]


def change_pages(library: Library) -> tuple[ListPage[ChangeView], ...]:
    """Everything that changed after publication, by what was done, newest first."""
    order = list(CHANGED)
    return paginate(
        sorted(latest_changes(library), key=lambda view: order.index(view.update.kind)),
        CHANGES,
        size=CHANGES_PER_PAGE,
        heading=lambda view: CHANGED[view.update.kind],
        label=_changes_label,
    )


def _changes_label(views: Sequence[ChangeView]) -> str:
    first, last = CHANGED[views[0].update.kind].text, CHANGED[views[-1].update.kind].text
    if first == last:
        return f"{first}, {span(view.update.at for view in views)}"
    return names_label(first, last)


def latest_changes(library: Library) -> tuple[ChangeView, ...]:
    """Every update of every record, newest first."""
    found = sorted(_changes(library), key=lambda view: (view.record.uri, view.kind))
    return tuple(sorted(found, key=lambda view: view.update.at.sort_key, reverse=True))


def _changes(library: Library) -> Iterator[ChangeView]:
    for kind in FOLDERS:
        for record in library.catalog.of_kind(kind).values():
            if not record.updates:
                continue
            places = {anchor for _, anchor in anchors(record)} if isinstance(record, Briefing) else set()
            for update in reversed(record.updates):
                fields = tuple(_field_change(kind, record.id, change, places) for change in update.changes)
                yield ChangeView(parts.record_target(library, kind, record.id), kind, update, fields)


_IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]")


def _field_change(kind: Kind, record_id: str, change: Change, places: set[str]) -> FieldChange:
    return FieldChange(change.path, _text(change.from_), _text(change.to), _part(kind, record_id, change.path, places))


def _text(value: object) -> str | None:
    """A field's value on one line; None where there was none."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_text(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_text(part) or "" for part in value)
    return None if value is None else str(value)


def _part(kind: Kind, record_id: str, path: str, places: set[str]) -> Target | None:
    """Where on its page the changed field stands: `claims[cl-losses].figures[0].high` belongs to `cl-losses`."""
    named = [name for name in _IN_BRACKETS.findall(path) if name in places]
    return Target(path, record_uri(kind, record_id), named[-1]) if named else None
