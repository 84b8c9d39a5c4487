"""What changed after publication: every update of every record, and the list of them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..mentions import Row
from ..urls import CHANGES, record_uri
from ..wording import span
from .dates import dated
from .history import ChangeView, record_change
from .library import Library
from .paging import Group, Heading, ListPage, paginate

CHANGES_PER_PAGE = 40

CHANGED = {
    "correction": Heading("Corrected", "corrected"),
    "withdrawal": Heading("Withdrawn", "withdrawn"),
    "clarification": Heading("Clarified", "clarified"),
    "update": Heading("Updated", "updated"),
}
"""What was done, the gravest first."""


def change_cuts(library: Library) -> tuple[ListPage[Row], ...]:
    """Everything that changed after publication, newest first, page by page, unread; on a page by what was done."""
    pages = paginate(
        latest_changes(library), CHANGES, size=CHANGES_PER_PAGE, heading=lambda row: None, label=_changes_label, grows="at the start"
    )
    return tuple(_by_kind(page) for page in pages)


def _by_kind(page: ListPage[Row]) -> ListPage[Row]:
    """A page with its entries under what was done, the gravest first."""
    groups = [(heading, tuple(row for row in page.entries if row[4] == kind)) for kind, heading in CHANGED.items()]
    return replace(page, groups=tuple(Group(heading, rows, False) for heading, rows in groups if rows))


def change_page(library: Library, cut: ListPage[Row]) -> ListPage[ChangeView]:
    """A page of changes."""
    return cut.map(lambda row: change_of(library, row))


def change_of(library: Library, row: Row) -> ChangeView:
    """What an entry of some record's history changed."""
    kind, record_id, number = row[:3]
    return record_change(library, kind, library.whole.of_kind(kind)[record_id], number)


def _changes_label(rows: Sequence[Row]) -> str:
    return span(dated(row[3]) for row in rows)


def latest_changes(library: Library) -> tuple[Row, ...]:
    """Every entry of every record's history, newest first."""
    found = sorted(library.mentions("updates", ""), key=lambda row: (record_uri(row[0], row[1]), -row[2]))
    return tuple(sorted(found, key=lambda row: dated(row[3]).sort_key, reverse=True))
