"""What changed after publication: every update of every record, and the list of them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..records import FOLDERS
from ..urls import CHANGES
from ..wording import span
from .history import ChangeView, record_changes
from .library import Library
from .paging import Heading, ListPage, names_label, paginate

CHANGES_PER_PAGE = 50

CHANGED = {
    "correction": Heading("Corrected", "corrected"),
    "withdrawal": Heading("Withdrawn", "withdrawn"),
    "clarification": Heading("Clarified", "clarified"),
    "update": Heading("Updated", "updated"),
}
"""What was done, the gravest first."""


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
        for record in library.whole.of_kind(kind).values():
            if record.updates:
                yield from record_changes(library, kind, record)
