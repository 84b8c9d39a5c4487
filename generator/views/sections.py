"""The long lists of each kind of record: what is in each and in what order, counted from the records alone.

Only what a page shows of a list is resolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any, TypeVar

from ..edtf import Edtf
from ..independence import has_two_witnesses
from ..kinds import Kind
from ..mentions import GONE
from ..records import Citation, Measure
from ..urls import Target, record_uri
from ..wording import span
from . import parts
from .backlinks import ClaimIn, EventIn, FigureIn, QuoteIn
from .library import Library, record_target, record_targets
from .paging import names_label
from .parts import CitationView, ClaimView, EventView, FigureView, QuoteView
from .portions import Form, Limit, Portion, Section, portion

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


def listing_view(library: Library, section: AnySection, number: int) -> ListingView:
    """A page of a list besides the record's own, from 1."""
    owner = replace(record_target(library, section.kind, section.record_id), anchor=section.anchor)
    measure = library.catalog.measures[section.record_id] if section.kind == "measure" else None
    return ListingView(owner, portion(section, number), measure)


def sections(library: Library, kind: Kind, record_id: str) -> Sections:
    """The lists of a record."""
    found = {"place": _of_place, "actor": _of_actor, "person": _of_person, "source": _of_source, "measure": _of_measure}[kind]
    return {section.name: section for section in found(_Maker(library, kind, record_id), record_id)}


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
    links = make.library.backlinks
    yield make.events("events", "Events", links.events_by_place.get(place, ()))
    yield make.claims("claims", "Claims about it", links.claims_by_place.get(place, ()))
    yield make.records("contains", "Places in it", "place", links.places_within.get(place, ()), anchor="map")


def _of_actor(make: _Maker, actor: str) -> Iterable[AnySection]:
    links = make.library.backlinks
    yield make.claims("says", "What it says", links.claims_by_speaker.get(actor, ()))
    yield make.quotes("quotes", "In its words", links.quotes_by_speaker.get(actor, ()))
    yield make.claims("about", "What others say about it", _by_others(links.claims_about.get(actor, ()), actor))
    yield make.events("events", "Events it took part in", links.events_by_actor.get(actor, ()))
    yield make.sources("carried", "Sources that carry it", links.copies_of.get(actor, ()))
    yield make.records("parts", "Its parts", "actor", links.members_of.get(actor, ()), anchor="members")
    yield make.records("people", "People who belong to it", "person", links.people_of.get(actor, ()), anchor="members")
    yield make.records("places", "Places it held", "place", links.places_held_by.get(actor, ()))


def _of_person(make: _Maker, person: str) -> Iterable[AnySection]:
    links = make.library.backlinks
    yield make.quotes("quotes", "In their words", links.quotes_by_speaker.get(person, ()))
    yield make.claims("says", "What they say", links.claims_by_speaker.get(person, ()))
    yield make.claims("about", "What others say about them", _by_others(links.claims_about.get(person, ()), person))
    yield make.events("events", "Events", links.events_by_actor.get(person, ()))


def _of_source(make: _Maker, source: str) -> Iterable[AnySection]:
    links = make.library.backlinks
    photos = [Target(photo.alt, record_uri("briefing", owner.id), photo.id) for owner, photo in links.photos_by_source.get(source, ())]
    unknowns = [
        Target(unknown.question, record_uri("briefing", owner.id), unknown.id)
        for owner, unknown in links.unknowns_by_source.get(source, ())
    ]
    citing = tuple(record_target(make.library, kind, found) for kind, found in links.records_citing.get(source, ()))  # type: ignore[arg-type]  # kinds as the index stored them
    alone, weaker = unsupported_without(make.library, source)
    yield make.sources("copies", "Sources that repeat it", links.copies_of.get(source, ()), anchor="origin")
    yield make.unsupported("alone", "Claims with no other source", alone)
    yield make.unsupported("weaker", "Claims with no second independent witness without it", weaker)
    yield make.claims("rests", "Claims that rest on it", links.claims_by_source.get(source, ()))
    yield make.quotes("quotes", "Quotations that rest on it", links.quotes_by_source.get(source, ()), anchor="rests")
    yield make.names("others", "Pictures and open questions", "pictures and open questions", (*photos, *unknowns), anchor="rests")
    yield make.names("records", "Where else it is used", "pages", citing, anchor="rests")


def _of_measure(make: _Maker, measure: str) -> Iterable[AnySection]:
    yield make.figures("values", "Values", measure_figures(make.library, measure))


# --- what is in a list, and in what order --------------------------------------------------------------


def unsupported_without(library: Library, source: str) -> tuple[tuple[ClaimIn, ...], tuple[ClaimIn, ...]]:
    """The claims that would have no source without this one, and the corroborated ones that would lack a second independent witness.

    No claim is among both.
    """
    alone, weaker = [], []
    for briefing, claim in _by_story(library.backlinks.claims_by_source.get(source, ())):
        others = {cited.source for cited in claim.sources} - {source}
        if not others:
            alone.append((briefing, claim))
        # The rule that `corroborated` is checked by.
        elif claim.status == "corroborated" and not has_two_witnesses(library.catalog, others):
            weaker.append((briefing, claim))
    return tuple(alone), tuple(weaker)


def measure_figures(library: Library, measure: str) -> tuple[FigureIn, ...]:
    """A measure's figures of all briefings, by the date they are about."""
    found = library.backlinks.figures_by_measure.get(measure, ())
    return tuple(sorted(found, key=lambda item: (item[2].as_of.sort_key, record_uri("briefing", item[0].id), item[2].id)))


def _by_story(found: Iterable[ClaimIn]) -> tuple[ClaimIn, ...]:
    """Claims by what their briefings cover; those of one briefing together, by the day they were said."""
    return tuple(sorted(found, key=lambda item: (item[0].covers.sort_key, item[0].id, item[1].said_on.sort_key, item[1].id)))


def _by_others(found: Iterable[ClaimIn], speaker: str) -> list[ClaimIn]:
    """What somebody says of themselves is theirs, not what others say."""
    return [(briefing, claim) for briefing, claim in found if speaker not in claim.said_by]


def _when_long(found: Iterable[T], form: Form, key: Callable[[T], Any]) -> tuple[T, ...]:
    """A list that fits on a page stays as the records have it. A longer one is in time: the page that has its last has the latest."""
    entries = tuple(found)
    return tuple(sorted(entries, key=key)) if form.limit.pages(len(entries)) else entries


class _Maker:
    """Makes the lists of one record."""

    def __init__(self, library: Library, kind: Kind, record_id: str) -> None:
        self.library, self._kind, self._record_id = library, kind, record_id

    def claims(self, name: str, title: str, found: Iterable[ClaimIn]) -> AnySection:
        return self._section(CLAIMS, name, name, title, _by_story(found), _stories, self._groups)

    def unsupported(self, name: str, title: str, found: tuple[ClaimIn, ...]) -> AnySection:
        def links(entries: Sequence[ClaimIn]) -> tuple[Target, ...]:
            return tuple(parts.claim_target(briefing.id, claim) for briefing, claim in entries)

        return self._section(replace(UNSUPPORTED, noun=title.lower()), name, "alone", title, found, _stories, _sliced(links))

    def quotes(self, name: str, title: str, found: Iterable[QuoteIn], anchor: str = "") -> AnySection:
        def views(entries: Sequence[QuoteIn]) -> tuple[QuoteView, ...]:
            return tuple(parts.quote_view(self.library, *item) for item in entries)

        entries = _when_long(found, QUOTES, lambda item: (item[1].said_on.sort_key, item[0].id))
        return self._section(QUOTES, name, anchor, title, entries, _dated(lambda item: item[1].said_on), _sliced(views))

    def events(self, name: str, title: str, found: Iterable[EventIn]) -> AnySection:
        def views(entries: Sequence[EventIn]) -> tuple[EventView, ...]:
            return tuple(parts.event_view(self.library, *item) for item in entries)

        entries = tuple(sorted(found, key=lambda item: (item[1].date.sort_key, item[0].id)))  # as `parts.in_time`
        return self._section(EVENTS, name, name, title, entries, _dated(lambda item: item[1].date), _sliced(views))

    def figures(self, name: str, title: str, found: tuple[FigureIn, ...]) -> AnySection:
        def views(entries: Sequence[FigureIn]) -> tuple[FigureView, ...]:
            return tuple(parts.figure_view(self.library, *item) for item in entries)

        return self._section(FIGURES, name, name, title, found, _dated(lambda item: item[2].as_of), _sliced(views))

    def sources(self, name: str, title: str, found: Iterable[str], anchor: str = "") -> AnySection:
        def views(entries: Sequence[str]) -> tuple[CitationView, ...]:
            return parts.citations(self.library, [Citation(source=source_id) for source_id in entries])

        def date(source_id: str) -> Edtf | None:
            return self.library.catalog.sources[source_id].date

        def when(source_id: str) -> tuple[Any, ...]:
            day = date(source_id)
            return (True, day.sort_key, source_id) if day else (False, source_id)

        return self._section(SOURCES, name, anchor, title, _when_long(found, SOURCES, when), _dated(date), _sliced(views))

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
        entries: tuple[Any, ...],
        label: Callable[[Sequence[Any]], str],
        show: Callable[[Sequence[Any], int, int], tuple[Any, ...]],
    ) -> AnySection:
        return Section(self._kind, self._record_id, name, anchor or name, title, form, entries, label, show)

    def _groups(self, entries: Sequence[ClaimIn], start: int, stop: int) -> tuple[ClaimsOf, ...]:
        """Claims under their briefings. A group may have begun on the page before."""
        before = entries[start - 1][0].id if start else ""
        groups: list[ClaimsOf] = []
        for briefing_id, found in groupby(entries[start:stop], key=lambda item: item[0].id):
            views = tuple(parts.claim_view(self.library, *item) for item in found)
            groups.append(ClaimsOf(record_target(self.library, "briefing", briefing_id), views, not groups and briefing_id == before))
        return tuple(groups)


def _stories(entries: Sequence[ClaimIn]) -> str:
    return span(_begin(briefing.covers) for briefing, _ in entries)


def _dated(date: Callable[[Any], Edtf | None]) -> Callable[[Sequence[Any]], str]:
    """Says from when to when some entries begin."""
    return lambda entries: span(_begin(day) for day in map(date, entries) if day)


def _begin(date: Edtf) -> Edtf:
    """What a date is sorted by. One that lasts for years would make a page of anything else look out of order."""
    point = date.start or date.end
    return Edtf("", "point", point, point)


def _sliced(show: Callable[[Sequence[Any]], tuple[Any, ...]]) -> Callable[[Sequence[Any], int, int], tuple[Any, ...]]:
    """For entries that need none of those around them."""
    return lambda entries, start, stop: show(entries[start:stop])
