"""What feeds tell: each entry of a record's history, and each sheet, made once for all feeds that have it.

An entry's id is the address that its record was first published at, with the entry's number in the record's history. Both
stay for ever: a record that is renamed names its former ids, the oldest first, and published entries are neither changed
nor moved. When the site moves, the setting `ids_under` keeps what the ids begin with. So no reader of a feed is shown
anything twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..kinds import Kind
from ..markup import plain
from ..records import Briefing, Record
from ..urls import Target, record_uri
from ..views import parts
from ..views.changes import CHANGED
from ..views.history import ChangeView, record_changes
from ..views.library import Library, record_target
from ..views.versions import entries_of, version_targets
from ..wording import shortened
from .feed import Entry
from .feed_html import LABELS, Said, change_html, done, said_in, sheet_dates, sheet_html, speakers_of, withdrawn_html
from .file import Site

TITLE = 120
SHOWN = 160
"""Characters of a reason in a title, and of a value in a summary."""


def record_entries(library: Library, site: Site, kind: Kind, record: Record) -> Iterator[tuple[int, Entry]]:
    """What feeds tell of a record, by number: 0 is a sheet itself, and the entries of a history begin at 1."""
    maker = _Maker(library, site, kind, record)
    if isinstance(record, Briefing):
        yield 0, maker.sheet(record)
    for number in range(1, len(record.updates) + 1):
        yield number, maker.change(number)


def first_id(record: Record) -> str:
    """The id under which a record was first published."""
    return record.formerly[0] if record.formerly else record.id


class _Maker:
    """Makes the entries of one record."""

    def __init__(self, library: Library, site: Site, kind: Kind, record: Record) -> None:
        self._library, self._site, self._kind, self._record = library, site, kind, record
        self._said: Said = said_in(record)
        self._views: tuple[ChangeView, ...] = ()
        """Of its history, newest first."""
        self._versions: tuple[Target, ...] = ()
        """Where it can be read as it stood, first before all of them."""
        # Of a withdrawn sheet no earlier version is shown.
        if record.updates and isinstance(record, Briefing) and not record.withdrawn:
            self._views, self._versions = entries_of(library, record), version_targets(record)
        elif record.updates:
            self._views = record_changes(library, kind, record)

    def change(self, number: int) -> Entry:
        """What was done to it."""
        record, view = self._record, self._views[-number]
        related = [(each.text, self._site.page(each)) for each in dict.fromkeys(field.target for field in view.fields) if each]
        if view.version:
            related.append(("As it stood after this entry", self._site.page(view.version)))
        return Entry(
            id=self._site.lasting(f"{record_uri(self._kind, first_id(record)).removesuffix('.md')}/history/{number}"),
            # Several entries of one sheet stand together in a reader's list: the reason tells them apart.
            title=f"{CHANGED[view.update.kind].text}: {shortened(plain(view.update.note), TITLE)} ({view.record.text})",
            url=self._site.page(Target("", view.record.uri, "" if record.withdrawn and self._kind == "briefing" else "history")),
            published=view.update.at,
            updated=view.update.at,
            category=view.update.kind,
            label=CHANGED[view.update.kind].text,
            summary=self._summary(view),
            html=change_html(self._library, self._site, view, self._said, self._versions[number - 1] if self._versions else None),
            related=tuple(related),
        )

    def _summary(self, view: ChangeView) -> str:
        """An entry in plain words: what was done, why, and from what to what."""
        told = [f"{done(view.update)}: {plain(view.update.note)}"]
        for field in view.fields:
            where = shortened(field.target.text, SHOWN) if field.target else ""
            if field.target and (part := self._said.get(field.target.anchor)):
                where += f" ({', '.join(target.text for target in speakers_of(self._library, part.said_by))}, {part.said_on.words})"
            before, after = ("nothing" if value is None else shortened(value, SHOWN) for value in (field.before, field.after))
            told.append("".join(f"{name}: " for name in (where, field.name) if name) + f"{before} → {after}")
        return "\n".join(told)

    def sheet(self, sheet: Briefing) -> Entry:
        """The sheet as it stands."""
        target = record_target(self._library, "briefing", sheet.id)
        standing = self._library.catalog.briefings.get(sheet.id)
        return Entry(
            id=self._site.lasting(f"{record_uri('briefing', first_id(sheet)).removesuffix('.md')}/"),
            title=target.text if standing else f"Withdrawn: {target.text}",
            url=self._site.page(target),
            published=sheet.published,
            updated=parts.updated(sheet),
            category=sheet.label if standing else "withdrawal",
            label=LABELS[sheet.label] if standing else "Withdrawn",
            summary=f"{plain(standing.answer)} {LABELS[sheet.label]}; {sheet_dates(sheet)}." if standing else plain(sheet.withdrawn or ""),
            html=sheet_html(self._library, self._site, standing) if standing else withdrawn_html(self._site, sheet.withdrawn or ""),
        )
