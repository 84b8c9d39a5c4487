"""The feeds: what changed, the sheets, and what concerns each sheet, place and actor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from heapq import nsmallest

from ..kinds import Kind
from ..records import Record
from ..urls import CHANGES, Target, index_uri, record_uri
from ..views.dates import dated
from ..views.library import Key, Library, Occasion, record_target
from .atom import atom
from .feed import BRIEFINGS_FEED, BRIEFINGS_JSON, CHANGES_FEED, FOLLOWED, Entry, Feed, feed_path
from .feed_entries import first_id, record_entries
from .file import OutputFile, Site
from .json_feed import json_feed

EntriesOf = Callable[[Key], Mapping[int, Entry]]
"""Finds what feeds tell of a record, by number."""
CHANGES_TOLD = 100
BRIEFINGS_TOLD = 50
RECORD_TOLD = 30
"""Entries of a feed, the newest; what came before them is on the pages."""


def feeds(library: Library, site: Site) -> Iterator[OutputFile]:
    """Every feed."""
    whole = library.whole
    entries = cache(lambda key: dict(record_entries(library, site, key[0], whole.of_kind(key[0])[key[1]])))
    yield from site_feeds(library, site, entries)
    for kind in FOLLOWED:
        for record in whole.of_kind(kind).values():
            yield from record_feeds(library, site, kind, record, entries)


def site_feeds(library: Library, site: Site, entries: EntriesOf) -> Iterator[OutputFile]:
    """What changed, and the sheets."""
    maker = _Maker(library, site, entries)
    yield atom(maker.changes(), site)
    sheets = maker.sheets()
    yield atom(sheets, site)
    yield json_feed(sheets, site, BRIEFINGS_JSON)


def record_feeds(library: Library, site: Site, kind: Kind, record: Record, entries: EntriesOf) -> Iterator[OutputFile]:
    """What concerns a sheet, place or actor, under each id that it has or had: whoever follows it goes on doing so."""
    feed = _Maker(library, site, entries).of_record(kind, record)
    yield atom(feed, site)
    for former in record.formerly:
        yield atom(feed, site, feed_path(kind, former))


class _Maker:
    """Makes feeds."""

    def __init__(self, library: Library, site: Site, entries: EntriesOf) -> None:
        self._library, self._site, self._entries = library, site, entries

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
        return self._feed(feed_path(kind, record.id), target, about, found, RECORD_TOLD, feed_path(kind, first_id(record)))

    def _feed(self, path: str, target: Target, about: str, found: Iterable[Occasion], most: int, first_path: str = "") -> Feed:
        told = nsmallest(most, found := list(found), key=self._order)
        if len(told) < len(found):
            about = f"{about} The newest {len(told):,} entries of {len(found):,}."
        title = f"{self._site.name}: {target.text}"
        entries = tuple(self._entries(each.key)[each.number] for each in told)
        return Feed(self._site.lasting(first_path or path), path, title, about, self._site.page(target), entries)

    def _order(self, occasion: Occasion) -> tuple[int, str, int]:
        """Newest first; of one day, by record, and there the last entry first."""
        return -occasion.listed.earliest.toordinal(), record_uri(*occasion.key), -occasion.number
