"""The long lists of each kind of record: what is in each and in what order, counted from the records alone.

Only what a page shows of a list is resolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any, TypeVar

from ..edtf import Edtf
from ..independence import has_two_witnesses
from ..kinds import Kind
from ..mentions import GONE, Row
from ..records import Citation, Measure
from ..urls import Target, record_uri
from ..wording import span
from . import parts
from .backlinks import Backlinks, ClaimIn, EventIn, FigureIn, QuoteIn
from .dates import dated
from .library import Library, record_target, record_targets
from .paging import names_label
from .parts import CitationView, ClaimView, EventView, FigureView, QuoteView
from .portions import Cut, Form, Limit, Portion, Section, cut
from .rows import Relation, Rows

CLAIMS = Form("claims", "claims", "by when the stories of their sheets begin", Limit(50, 40))
UNSUPPORTED = replace(CLAIMS, name="targets")
QUOTES = Form("quotes", "quotations", "by the day they were said", Limit(50, 40))
EVENTS = Form("events", "events", "by date", Limit(50, 40))
FIGURES = Form("figures", "values", "by the date they are about", Limit(50, 40))
SOURCES = Form("sources", "sources", "by date, those without one before all others", Limit(100, 80))
NAMES = Form("targets", "", "", Limit(300, 250), in_time=False)
"""How many of each a page has. An agency with all of its lists at their longest has a page of about 150 kB.

A chart of 50 values can still be read; its labels take as long to place as ten pages of claims take to make, so only
the own page of a measure has one.
"""

T = TypeVar("T")
AnySection = Section[Any, Any]
Sections = Mapping[str, AnySection]
"""A record's lists by name; every one, the empty ones too."""


@dataclass(frozen=True, slots=True)
class ClaimsOf:
    """Claims of one briefing, earliest said first."""

    briefing: Target
    claims: tuple[ClaimView, ...]
    continued: bool
    """Whether those before are on the page before."""


@dataclass(frozen=True, slots=True)
class ListingView:
    """A page with a part of a list."""

    owner: Target
    """The list's place on the record's own page, by the record's name."""
    part: Portion[Any]
    measure: Measure | None
    """Whose values they are."""

    @property
    def comparability(self) -> Target:
        """What to know before comparing a measure's values, on its own page."""
        return replace(self.owner, anchor="comparability")


def listing_view(library: Library, page: Cut) -> ListingView:
    """A page of a list besides the record's own."""
    kind, record_id = page.kind, page.record_id
    owner = replace(record_target(library, kind, record_id), anchor=page.anchor)
    measure = library.catalog.measures[record_id] if kind == "measure" else None
    relation = {**RELATIONS[kind], "alone": "claims_by_source", "weaker": "claims_by_source"}.get(page.name)
    if page.portion.form.name == NAMES.name and relation != "claims_by_source":
        entries = page.rows[page.before :]
    else:
        # The list made again from the rows that are on this page, and from no others.
        assert relation
        there: Any = Relation(lambda key: page.rows, getattr(library.backlinks, relation).of(()).look)
        nothing: Any = Relation(lambda key: (), str)
        of: dict[str, Any] = {each.name: there if each.name == relation else nothing for each in fields(Backlinks)}
        section = sections(library, kind, record_id, Backlinks(**of))[page.name]
        entries = section.show(section.entries, int(page.before), len(page.rows))
    return ListingView(owner, replace(page.portion, entries=entries), measure)


def cuts(listed: Sections) -> Iterator[Cut]:
    """All further pages of a record's lists."""
    return (cut(section, number) for section in listed.values() for number in range(1, section.pages + 1))


def sections(library: Library, kind: Kind, record_id: str, lists: Backlinks | None = None) -> Sections:
    """The lists of a record.

    Args:
        library: all records.
        kind, record_id: the record.
        lists: what is in them, where that is not all.
    """
    found = {"place": _of_place, "actor": _of_actor, "person": _of_person, "source": _of_source, "measure": _of_measure}[kind]
    return {section.name: section for section in found(_Maker(library, kind, record_id, lists or library.backlinks), record_id)}


RELATIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "place": {"events": "events_by_place", "claims": "claims_by_place", "contains": "places_within"},
        "actor": {
            "says": "claims_by_speaker",
            "quotes": "quotes_by_speaker",
            "about": "claims_about",
            "events": "events_by_actor",
            "carried": "copies_of",
            "parts": "members_of",
            "people": "people_of",
            "places": "places_held_by",
        },
        "person": {"quotes": "quotes_by_speaker", "says": "claims_by_speaker", "about": "claims_about", "events": "events_by_actor"},
        "source": {"copies": "copies_of", "rests": "claims_by_source", "quotes": "quotes_by_source", "records": "records_citing"},
        "measure": {"values": "figures_by_measure"},
    }
)
"""By kind of record and name of a list: the relation whose mentions are in it."""


def withdrawn_counts(library: Library, kind: Kind, record_id: str) -> Counter[str]:
    """By name of a record's list: how many entries were withdrawn from it."""
    return Counter({name: len(library.mentions(f"{GONE}{relation}", record_id)) for name, relation in RELATIONS[kind].items()})


def _of_place(make: _Maker, place: str) -> Iterable[AnySection]:
    links = make.lists
    yield make.events("events", "Events", links.events_by_place[place])
    yield make.claims("claims", "Claims about it", links.claims_by_place[place])
    yield make.records("contains", "Places in it", "place", links.places_within.get(place, ()), anchor="map")


def _of_actor(make: _Maker, actor: str) -> Iterable[AnySection]:
    links = make.lists
    yield make.claims("says", "What it says", links.claims_by_speaker[actor])
    yield make.quotes("quotes", "In its words", links.quotes_by_speaker[actor])
    yield make.claims("about", "What others say about it", _by_others(links.claims_about[actor]))
    yield make.events("events", "Events it took part in", links.events_by_actor[actor])
    yield make.sources("carried", "Sources that carry it", links.copies_of[actor])
    yield make.records("parts", "Its parts", "actor", links.members_of.get(actor, ()), anchor="members")
    yield make.records("people", "People who belong to it", "person", links.people_of.get(actor, ()), anchor="members")
    yield make.records("places", "Places it held", "place", links.places_held_by[actor])


def _of_person(make: _Maker, person: str) -> Iterable[AnySection]:
    links = make.lists
    yield make.quotes("quotes", "In their words", links.quotes_by_speaker[person])
    yield make.claims("says", "What they say", links.claims_by_speaker[person])
    yield make.claims("about", "What others say about them", _by_others(links.claims_about[person]))
    yield make.events("events", "Events", links.events_by_actor[person])


def _of_source(make: _Maker, source: str) -> Iterable[AnySection]:
    links = make.lists
    photos = [Target(photo.alt, record_uri("briefing", owner.id), photo.id) for owner, photo in links.photos_by_source[source]]
    unknowns = [
        Target(unknown.question, record_uri("briefing", owner.id), unknown.id) for owner, unknown in links.unknowns_by_source[source]
    ]
    citing = tuple(record_target(make.library, kind, found) for kind, found in links.records_citing[source])  # type: ignore[arg-type]  # kinds as the index stored them
    alone, weaker = unsupported_without(make.library, source, links.claims_by_source[source])
    yield make.sources("copies", "Sources that repeat it", links.copies_of[source], anchor="origin")
    yield make.unsupported("alone", "Claims with no other source", alone)
    yield make.unsupported("weaker", "Claims with no second independent witness without it", weaker)
    yield make.claims("rests", "Claims that rest on it", links.claims_by_source[source])
    yield make.quotes("quotes", "Quotations that rest on it", links.quotes_by_source[source], anchor="rests")
    yield make.names("others", "Pictures and open questions", "pictures and open questions", (*photos, *unknowns), anchor="rests")
    yield make.names("records", "Where else it is used", "pages", citing, anchor="rests")


def _of_measure(make: _Maker, measure: str) -> Iterable[AnySection]:
    yield make.figures("values", "Values", by_date(make.lists.figures_by_measure[measure]))


# --- what is in a list, and in what order --------------------------------------------------------------


def unsupported_without(library: Library, source: str, found: Rows[ClaimIn]) -> tuple[Rows[ClaimIn], Rows[ClaimIn]]:
    """The claims that would have no source without this one, and the corroborated ones that would lack a second independent witness.

    No claim is among both.
    """
    alone, weaker = [], []
    witnessed: dict[tuple[str, ...], bool] = {}
    for row in _by_story(found).rows:
        *_, status, others = row
        if not others:
            alone.append(row)
        # The rule that `corroborated` is checked by.
        elif status == "corroborated":
            if others not in witnessed:
                witnessed[others] = has_two_witnesses(library.catalog, others)
            if not witnessed[others]:
                weaker.append(row)
    return found.of(alone), found.of(weaker)


def by_date(found: Rows[FigureIn]) -> Rows[FigureIn]:
    """Figures of all briefings, by the date they are about."""
    return found.sorted(lambda row: (dated(row[3]).sort_key, record_uri("briefing", row[0]), row[2]))


# Rows of mentions hold what puts them in order: see `mentions`.


def _by_story(found: Rows[ClaimIn]) -> Rows[ClaimIn]:
    """Claims by what their briefings cover; those of one briefing together, by the day they were said."""
    return found.sorted(lambda row: (dated(row[2]).sort_key, row[0], dated(row[3]).sort_key, row[1]))


def _by_others(found: Rows[ClaimIn]) -> Rows[ClaimIn]:
    """What somebody says of themselves is theirs, not what others say."""
    return found.of([row for row in found.rows if not row[4]])


def _when_long(found: Rows[T], form: Form, key: Callable[[Row], Any]) -> Rows[T]:
    """A list that fits on a page stays as the records have it. A longer one is in time: the page that has its last has the latest."""
    return found.sorted(key) if form.limit.pages(len(found)) else found


class _Maker:
    """Makes the lists of one record."""

    def __init__(self, library: Library, kind: Kind, record_id: str, lists: Backlinks) -> None:
        self.library, self._kind, self._record_id, self.lists = library, kind, record_id, lists

    def claims(self, name: str, title: str, found: Rows[ClaimIn]) -> AnySection:
        return self._section(CLAIMS, name, name, title, _by_story(found), _spanned(2), self._groups)

    def unsupported(self, name: str, title: str, found: Rows[ClaimIn]) -> AnySection:
        def links(entries: Sequence[ClaimIn]) -> tuple[Target, ...]:
            return tuple(parts.claim_target(briefing.id, claim) for briefing, claim in entries)

        return self._section(replace(UNSUPPORTED, noun=title.lower()), name, "alone", title, found, _spanned(2), _sliced(links))

    def quotes(self, name: str, title: str, found: Rows[QuoteIn], anchor: str = "") -> AnySection:
        def views(entries: Sequence[QuoteIn]) -> tuple[QuoteView, ...]:
            return tuple(parts.quote_view(self.library, *item) for item in entries)

        entries = _when_long(found, QUOTES, lambda row: (dated(row[2]).sort_key, row[0]))
        return self._section(QUOTES, name, anchor, title, entries, _spanned(2), _sliced(views))

    def events(self, name: str, title: str, found: Rows[EventIn]) -> AnySection:
        def views(entries: Sequence[EventIn]) -> tuple[EventView, ...]:
            return tuple(parts.event_view(self.library, *item) for item in entries)

        entries = found.sorted(lambda row: (dated(row[2]).sort_key, row[0]))  # as `parts.in_time`
        return self._section(EVENTS, name, name, title, entries, _spanned(2), _sliced(views))

    def figures(self, name: str, title: str, found: Rows[FigureIn]) -> AnySection:
        def views(entries: Sequence[FigureIn]) -> tuple[FigureView, ...]:
            return tuple(parts.figure_view(self.library, *item) for item in entries)

        return self._section(FIGURES, name, name, title, found, _spanned(3), _sliced(views))

    def sources(self, name: str, title: str, found: Rows[str], anchor: str = "") -> AnySection:
        def views(entries: Sequence[str]) -> tuple[CitationView, ...]:
            return parts.citations(self.library, [Citation(source=source_id) for source_id in entries])

        def when(row: Row) -> tuple[Any, ...]:
            return (True, dated(row[1]).sort_key, row[0]) if row[1] else (False, row[0])

        return self._section(SOURCES, name, anchor, title, _when_long(found, SOURCES, when), _spanned(1), _sliced(views))

    def records(self, name: str, title: str, kind: Kind, found: Iterable[str], anchor: str = "") -> AnySection:
        return self.names(name, title, title.lower(), record_targets(self.library, kind, found), anchor)

    def names(self, name: str, title: str, noun: str, found: tuple[Target, ...], anchor: str = "") -> AnySection:
        def label(entries: Sequence[Target]) -> str:
            return names_label(entries[0].text, entries[-1].text)

        return self._section(replace(NAMES, noun=noun), name, anchor, title, found, label, _sliced(tuple))

    def _section(
        self,
        form: Form,
        name: str,
        anchor: str,
        title: str,
        entries: Sequence[Any],
        label: Callable[[Sequence[Any]], str],
        show: Callable[[Sequence[Any], int, int], tuple[Any, ...]],
    ) -> AnySection:
        return Section(self._kind, self._record_id, name, anchor or name, title, form, entries, label, show)

    def _groups(self, entries: Sequence[ClaimIn], start: int, stop: int) -> tuple[ClaimsOf, ...]:
        """Claims under their briefings. A group may have begun on the page before."""
        assert isinstance(entries, Rows)
        before = entries.rows[start - 1][0] if start else ""
        groups: list[ClaimsOf] = []
        for briefing_id, found in groupby(entries[start:stop], key=lambda item: item[0].id):
            views = tuple(parts.claim_view(self.library, *item) for item in found)
            groups.append(ClaimsOf(record_target(self.library, "briefing", briefing_id), views, not groups and briefing_id == before))
        return tuple(groups)


def _spanned(column: int) -> Callable[[Sequence[Any]], str]:
    """Says from when to when some entries begin, by a date in their rows."""

    def label(entries: Sequence[Any]) -> str:
        assert isinstance(entries, Rows)
        return span(_begin(dated(row[column])) for row in entries.rows if row[column])

    return label


def _begin(date: Edtf) -> Edtf:
    """What a date is sorted by. One that lasts for years would make a page of anything else look out of order."""
    point = date.start or date.end
    return Edtf("", "point", point, point)


def _sliced(show: Callable[[Sequence[Any]], tuple[Any, ...]]) -> Callable[[Sequence[Any], int, int], tuple[Any, ...]]:
    """For entries that need none of those around them."""
    return lambda entries, start, stop: show(entries[start:stop])
