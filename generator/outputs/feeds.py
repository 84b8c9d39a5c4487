"""The feeds: what changed, the sheets, and what concerns each sheet, place and actor.

An entry's id is the address that its record was first published at, with the entry's number in the record's history. Both
stay for ever: a record that is renamed names its former ids, the oldest first, and published entries are neither changed
nor moved. When the site moves, the setting `ids_under` keeps what the ids begin with. So no reader of a feed is shown
anything twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest

from ..kinds import Kind
from ..markup import plain
from ..records import Briefing, Record
from ..urls import CHANGES, Target, index_uri, record_uri
from ..views import parts
from ..views.changes import CHANGED
from ..views.dates import dated
from ..views.history import ChangeView, record_changes
from ..views.library import Library, Occasion, record_target
from ..views.versions import entries_of, version_targets
from ..wording import shortened
from .atom import atom
from .feed import BRIEFINGS_FEED, BRIEFINGS_JSON, CHANGES_FEED, FOLLOWED, Entry, Feed, feed_path
from .feed_html import LABELS, Said, change_html, done, said_in, sheet_dates, sheet_html, speakers_of, withdrawn_html
from .file import OutputFile, Site
from .json_feed import json_feed

CHANGES_TOLD = 100
BRIEFINGS_TOLD = 50
RECORD_TOLD = 30
"""Entries of a feed, the newest; what came before them is on the pages."""
TITLE = 120
SHOWN = 160
"""Characters of a reason in a title, and of a value in a summary."""


def feeds(library: Library, site: Site) -> Iterator[OutputFile]:
    """Every feed."""
    yield from site_feeds(library, site)
    for kind in FOLLOWED:
        for record in library.whole.of_kind(kind).values():
            yield from record_feeds(library, site, kind, record)


def site_feeds(library: Library, site: Site) -> Iterator[OutputFile]:
    """What changed, and the sheets."""
    maker = _Maker(library, site)
    yield atom(maker.changes(), site)
    sheets = maker.sheets()
    yield atom(sheets, site)
    yield json_feed(sheets, site, BRIEFINGS_JSON)


def record_feeds(library: Library, site: Site, kind: Kind, record: Record) -> Iterator[OutputFile]:
    """What concerns a sheet, place or actor, under each id that it has or had: whoever follows it goes on doing so."""
    feed = _Maker(library, site).of_record(kind, record)
    yield atom(feed, site)
    for former in record.formerly:
        yield atom(feed, site, feed_path(kind, former))


@dataclass(frozen=True, slots=True)
class _History:
    """A record's entries, newest first; where it can be read as it stood, first before all of them; and what somebody says in it."""

    views: tuple[ChangeView, ...]
    versions: tuple[Target, ...]
    said: Said


class _Maker:
    """Makes feeds, and each of their entries once."""

    def __init__(self, library: Library, site: Site) -> None:
        self._library, self._site = library, site
        self._histories = cache(self._history_of)
        self._made: dict[Occasion, Entry] = {}

    def changes(self) -> Feed:
        """What was done to records after they were published."""
        rows = [(dated(day), kind, record_id, place + 1) for kind, record_id, place, day, _ in self._library.mentions("updates", "")]
        found = [Occasion(day, (kind, record_id), number, day) for day, kind, record_id, number in rows]
        about = "Corrections, updates, clarifications and withdrawals, each with its reason and the values before and after."
        return self._feed(CHANGES_FEED, Target("Changes", CHANGES), about, found, CHANGES_TOLD)

    def sheets(self) -> Feed:
        """The sheets, the last changed first."""
        rows = [(sheet, dated(day), dated(listed)) for sheet, day, listed in self._library.mentions("published", "")]
        found = [Occasion(day, ("briefing", sheet), 0, listed) for sheet, day, listed in rows]
        about = "Fact sheets, the last changed first: the answer, and the main points with who says so, when, and on which sources."
        return self._feed(BRIEFINGS_FEED, Target("Briefings", index_uri("briefing")), about, found, BRIEFINGS_TOLD)

    def of_record(self, kind: Kind, record: Record) -> Feed:
        """Of a sheet, itself and its history; of a place or an actor, that and whatever else concerns it."""
        found = self._library.concerns.get((kind, record.id), ())
        about = f"This {kind}: sheets that concern it, and what was changed in them and here, each with its reason."
        if kind == "briefing":
            found = [each for each in found if each.key == (kind, record.id)]
            about = "This sheet as it stands, and all that was changed in it, with the reasons and the values before and after."
        target = record_target(self._library, kind, record.id)
        return self._feed(feed_path(kind, record.id), target, about, found, RECORD_TOLD, feed_path(kind, _first_id(record)))

    def _feed(self, path: str, target: Target, about: str, found: Iterable[Occasion], most: int, first_path: str = "") -> Feed:
        told = nsmallest(most, found := list(found), key=self._order)
        if len(told) < len(found):
            about = f"{about} The newest {len(told):,} entries of {len(found):,}."
        title = f"{self._site.name}: {target.text}"
        entries = tuple(self._entry(each) for each in told)
        return Feed(self._site.lasting(first_path or path), path, title, about, self._site.page(target), entries)

    def _order(self, occasion: Occasion) -> tuple[int, str, int]:
        """Newest first; of one day, by record, and there the last entry first."""
        return -occasion.listed.earliest.toordinal(), record_uri(*occasion.key), -occasion.number

    def _entry(self, occasion: Occasion) -> Entry:
        if occasion not in self._made:
            kind, record_id = occasion.key
            record = self._library.whole.of_kind(kind)[record_id]
            self._made[occasion] = self._change(kind, record, occasion.number) if occasion.number else self._sheet(record)
        return self._made[occasion]

    def _change(self, kind: Kind, record: Record, number: int) -> Entry:
        history = self._histories(kind, record.id)
        view = history.views[-number]
        related = [(each.text, self._site.page(each)) for each in dict.fromkeys(field.target for field in view.fields) if each]
        if view.version:
            related.append(("As it stood after this entry", self._site.page(view.version)))
        return Entry(
            id=self._site.lasting(f"{record_uri(kind, _first_id(record)).removesuffix('.md')}/history/{number}"),
            # Several entries of one sheet stand together in a reader's list: the reason tells them apart.
            title=f"{CHANGED[view.update.kind].text}: {shortened(plain(view.update.note), TITLE)} ({view.record.text})",
            url=self._site.page(Target("", view.record.uri, "" if record.withdrawn and kind == "briefing" else "history")),
            published=view.update.at,
            updated=view.update.at,
            category=view.update.kind,
            label=CHANGED[view.update.kind].text,
            summary=self._summary(view, history.said),
            html=change_html(self._library, self._site, view, history.said, history.versions[number - 1] if history.versions else None),
            related=tuple(related),
        )

    def _history_of(self, kind: Kind, record_id: str) -> _History:
        record = self._library.whole.of_kind(kind)[record_id]
        # Of a withdrawn sheet no earlier version is shown.
        if isinstance(record, Briefing) and not record.withdrawn:
            return _History(entries_of(self._library, record), version_targets(record), said_in(record))
        return _History(record_changes(self._library, kind, record), (), said_in(record))

    def _summary(self, view: ChangeView, said: Said) -> str:
        """An entry in plain words: what was done, why, and from what to what."""
        told = [f"{done(view.update)}: {plain(view.update.note)}"]
        for field in view.fields:
            where = shortened(field.target.text, SHOWN) if field.target else ""
            if field.target and (part := said.get(field.target.anchor)):
                where += f" ({', '.join(target.text for target in speakers_of(self._library, part.said_by))}, {part.said_on.words})"
            before, after = ("nothing" if value is None else shortened(value, SHOWN) for value in (field.before, field.after))
            told.append("".join(f"{name}: " for name in (where, field.name) if name) + f"{before} → {after}")
        return "\n".join(told)

    def _sheet(self, sheet: Briefing) -> Entry:
        target = record_target(self._library, "briefing", sheet.id)
        standing = self._library.catalog.briefings.get(sheet.id)
        return Entry(
            id=self._site.lasting(f"{record_uri('briefing', _first_id(sheet)).removesuffix('.md')}/"),
            title=target.text if standing else f"Withdrawn: {target.text}",
            url=self._site.page(target),
            published=sheet.published,
            updated=parts.updated(sheet),
            category=sheet.label if standing else "withdrawal",
            label=LABELS[sheet.label] if standing else "Withdrawn",
            summary=f"{plain(standing.answer)} {LABELS[sheet.label]}; {sheet_dates(sheet)}." if standing else plain(sheet.withdrawn or ""),
            html=sheet_html(self._library, self._site, standing) if standing else withdrawn_html(self._site, sheet.withdrawn or ""),
        )


def _first_id(record: Record) -> str:
    """The id under which a record was first published."""
    return record.formerly[0] if record.formerly else record.id
