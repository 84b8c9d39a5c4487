"""The pieces that pages share: claims, figures, quotes and events with everything around them resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..catalog import part_key
from ..edtf import Edtf
from ..independence import claim_origins
from ..markup import plain
from ..records import Briefing, Citation, Claim, Event, Figure, Person, Place, Quote, Role, Source, Variant
from ..records.briefing import Status
from ..review import is_overdue
from ..urls import Target, record_uri
from .library import Library, record_target, record_targets, source_target, speakers
from .names import Head

Sheet = Briefing | Head
"""A sheet that a part is shown of: all of it, or its head."""


@dataclass(frozen=True, slots=True)
class CitationView:
    """A source as cited somewhere. `number` is its place in the page's own list, where there is one."""

    target: Target
    source: Source
    locator: str | None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class FigureView:
    """A stated number, never without qualifier, unit, date, speaker and source."""

    figure: Figure
    value: str
    """The number or range with its qualifier and unit, as a reader reads it: `about 1,500 people`."""
    target: Target
    measure: Target
    claim: Target
    dated: str
    """The date that the number is about: `as of 26 October 2017`, `by 2014`."""
    status: Status
    said_by: tuple[Target, ...]
    said_on: Edtf
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its speakers, places, sources and relations resolved."""

    claim: Claim
    briefing: Sheet
    target: Target
    said_by: tuple[Target, ...]
    places: tuple[Target, ...]
    about: tuple[Target, ...]
    front: Target | None
    citations: tuple[CitationView, ...]
    origins: tuple[str, ...]
    """Names of the independent origins of its sources."""
    disputes: tuple[ClaimLink, ...]
    supersedes: tuple[ClaimLink, ...]
    superseded_by: tuple[ClaimLink, ...]
    figures: tuple[FigureView, ...]
    overdue: bool
    """Whether the day has passed by which it was to be looked at again."""


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """Another claim, named by who says what."""

    target: Target
    claim: Claim
    said_by: tuple[Target, ...]
    elsewhere: Target | None
    """The briefing it is in, when that is another one."""


@dataclass(frozen=True, slots=True)
class VariantView:
    """Another rendering of a quotation."""

    variant: Variant
    said_by: tuple[Target, ...]
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quotation with its speaker and renderings resolved."""

    quote: Quote
    briefing: Sheet
    target: Target
    said_by: tuple[Target, ...]
    claims: tuple[ClaimLink, ...]
    citations: tuple[CitationView, ...]
    alterations: tuple[tuple[str, str, tuple[CitationView, ...]], ...]
    variants: tuple[VariantView, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with its places, actors and claims resolved."""

    event: Event
    briefing: Sheet
    target: Target
    front: Target | None
    places: tuple[Target, ...]
    actors: tuple[Target, ...]
    claims: tuple[ClaimLink, ...]

    @property
    def date(self) -> Edtf:
        """When it happened."""
        return self.event.date


@dataclass(frozen=True, slots=True)
class PlacePoint:
    """A place for a map."""

    place: Place
    target: Target
    main: bool
    """Whether the map is about it."""


STATUSES: tuple[Status, ...] = ("corroborated", "reported", "disputed", "superseded")
"""Best supported first."""


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many claims of a briefing have a status, and how many stand before them in a row of all."""

    status: Status
    count: int
    before: int


Numbers = Mapping[str, int]
"""A page's own numbering of its sources, by source id."""
NO_NUMBERS: Numbers = {}


AREA_KM = Decimal(25)
"""A point that is good to more than this stands for an area: beside others it would pass for a town."""


def has_point(place: Place) -> bool:
    """Whether a place can stand on a map of several."""
    return place.coordinates is not None and place.coordinates.precision_km <= AREA_KM


def place_points(library: Library, place_ids: Iterable[str], main: Collection[str]) -> tuple[PlacePoint, ...]:
    """The places among these that have a point; areas only where they are all that the map is about."""
    places = [library.catalog.places[place_id] for place_id in dict.fromkeys(place_ids)]
    shown = [place for place in places if has_point(place)]
    if not shown:
        shown = [place for place in places if place.coordinates]
    return tuple(PlacePoint(place, record_target(library, "place", place.id), place.id in main) for place in shown)


def citations(library: Library, cited: Iterable[Citation], numbers: Numbers = NO_NUMBERS) -> tuple[CitationView, ...]:
    """Sources as cited."""
    views = []
    for citation in cited:
        source = library.catalog.sources[citation.source]
        views.append(CitationView(source_target(source), source, citation.locator, numbers.get(source.id)))
    return tuple(views)


def carried(library: Library, source_id: str) -> tuple[Target, ...]:
    """What a source repeats: links to sources and actors."""
    found = []
    for carried_id in library.catalog.sources[source_id].carries:
        source = library.catalog.sources.get(carried_id)
        if source:
            found.append(Target(f"{source.publisher}: {source.title}", record_uri("source", carried_id)))
        else:
            found.extend(speakers(library, [carried_id]))
    return tuple(found)


def updated(briefing: Briefing) -> Edtf:
    """The day of a briefing's last update, or of its publication."""
    return briefing.updates[-1].at if briefing.updates else briefing.published


def status_counts(statuses: Sequence[Status]) -> tuple[StatusCount, ...]:
    """How many of some claims have each status, best supported first, without those that none has."""
    counts, before = [], 0
    for status in STATUSES:
        if count := statuses.count(status):
            counts.append(StatusCount(status, count, before))
            before += count
    return tuple(counts)


def roles_in_time(person: Person) -> tuple[Role, ...]:
    """A person's roles by when each began, as far as known; the last is the one that the person is known by."""
    return tuple(sorted(person.roles, key=lambda role: (role.from_ or role.as_of or role.to or _NEVER).sort_key))


_NEVER = Edtf("../..", "interval", None, None)


def claim_target(briefing_id: str, claim: Claim) -> Target:
    """A link to a claim's place on its briefing's page."""
    # In lists and sentences: without the claim's own full stop.
    return Target(plain(claim.text).removesuffix("."), record_uri("briefing", briefing_id), claim.id)


def claim_link(library: Library, here: Sheet | None, key: tuple[str, str]) -> ClaimLink:
    """A claim as seen from a briefing."""
    claim = library.catalog.claims[key]
    elsewhere = None if here and key[0] == here.id else record_target(library, "briefing", key[0])
    return ClaimLink(claim_target(key[0], claim), claim, speakers(library, claim.said_by), elsewhere)


def front_target(briefing: Sheet, front_id: str | None) -> Target | None:
    """A link to a front of the briefing."""
    front = next((front for front in briefing.fronts if front.id == front_id), None)
    return Target(front.title, record_uri("briefing", briefing.id), front.id) if front else None


def claim_view(library: Library, briefing: Sheet, claim: Claim, numbers: Numbers = NO_NUMBERS) -> ClaimView:
    """Resolve a claim."""
    key = (briefing.id, claim.id)
    links = library.backlinks
    return ClaimView(
        claim=claim,
        briefing=briefing,
        target=claim_target(briefing.id, claim),
        said_by=speakers(library, claim.said_by),
        places=record_targets(library, "place", claim.places),
        about=speakers(library, claim.about),
        front=front_target(briefing, claim.front),
        citations=citations(library, claim.sources, numbers),
        origins=tuple(sorted(origin_name(library, origin) for origin in claim_origins(library.catalog, claim))),
        disputes=tuple(claim_link(library, briefing, other) for other in dict.fromkeys(links.disputes.get(key, ()))),
        supersedes=tuple(claim_link(library, briefing, part_key(briefing.id, ref)) for ref in claim.supersedes),
        superseded_by=tuple(claim_link(library, briefing, other) for other in links.superseded_by.get(key, ())),
        figures=tuple(figure_view(library, briefing, claim, figure, numbers) for figure in claim.figures),
        overdue=is_overdue(claim, library.review_day),
    )


def origin_name(library: Library, origin: str) -> str:
    """An origin as a reader knows it: the actor's name, or the publisher's."""
    if origin in library.catalog.actors:
        return library.names["actor", origin].text
    return library.backlinks.publishers.get(origin, origin)


def figure_view(library: Library, briefing: Sheet, claim: Claim, figure: Figure, numbers: Numbers = NO_NUMBERS) -> FigureView:
    """Resolve a figure."""
    value = figure_words(figure)
    return FigureView(
        figure=figure,
        value=value,
        target=Target(value, record_uri("briefing", briefing.id), figure.id),
        measure=record_target(library, "measure", figure.measure),
        claim=claim_target(briefing.id, claim),
        dated=_dated(figure.as_of),
        status=claim.status,
        said_by=speakers(library, claim.said_by),
        said_on=claim.said_on,
        citations=citations(library, claim.sources, numbers),
    )


def _dated(date: Edtf) -> str:
    has_own_word = date.form == "one_of" or date.start is None or date.end is None
    return date.words if has_own_word else f"as of {date.words}"


def figure_words(figure: Figure) -> str:
    """`about 1,500 people`, `400 to 500 people`, `between 400 and 500 people`, `up to 93,500 people`."""
    if figure.value is not None:
        number = f"{figure.value:,}"
    else:
        joined = "and" if figure.qualifier == "between" else "to"
        number = f"{figure.low:,} {joined} {figure.high:,}"
    qualifier = f"{figure.qualifier} " if figure.qualifier else ""
    unit = figure.unit if figure.unit.startswith("%") else f"\u00a0{figure.unit}"
    return f"{qualifier}{number.replace('-', '−')}{unit}"


def quote_view(library: Library, briefing: Sheet, quote: Quote, numbers: Numbers = NO_NUMBERS) -> QuoteView:
    """Resolve a quotation."""
    names = speakers(library, quote.said_by)
    who = ", ".join(target.text for target in names)
    return QuoteView(
        quote=quote,
        briefing=briefing,
        target=Target(f"{who}: “{quote.text}”", record_uri("briefing", briefing.id), quote.id),
        said_by=names,
        claims=tuple(claim_link(library, briefing, (briefing.id, claim)) for claim in quote.claims),
        citations=citations(library, quote.sources, numbers),
        alterations=tuple((item.shown, item.original, citations(library, item.sources, numbers)) for item in quote.alterations),
        variants=tuple(
            VariantView(item, speakers(library, item.said_by), citations(library, item.sources, numbers)) for item in quote.variants
        ),
    )


def event_view(library: Library, briefing: Sheet, event: Event) -> EventView:
    """Resolve an event."""
    return EventView(
        event=event,
        briefing=briefing,
        target=Target(event.title, record_uri("briefing", briefing.id), event.id),
        front=front_target(briefing, event.front),
        places=record_targets(library, "place", event.places),
        actors=speakers(library, event.actors),
        claims=tuple(claim_link(library, briefing, part_key(briefing.id, claim)) for claim in event.claims),
    )


def in_time(events: Iterable[EventView]) -> tuple[EventView, ...]:
    """Events, earliest first; within a day as the briefing has them."""
    return tuple(sorted(events, key=lambda view: (view.date.sort_key, view.briefing.id)))


EventGroups = tuple[tuple[Target, tuple[EventView, ...]], ...]
"""Events under headings; a heading without a page leads nowhere."""


def by_strand(events: Sequence[EventView]) -> EventGroups:
    """Events by strand, in the order of their first ones; those of no strand last."""
    groups: dict[Target, list[EventView]] = {}
    for view in events:
        if view.front:
            groups.setdefault(view.front, []).append(view)
    rest = [view for view in events if not view.front]
    return (*((target, tuple(found)) for target, found in groups.items()), *rest_of("Of no strand" if groups else "", rest))


def rest_of(name: str, events: Sequence[EventView]) -> EventGroups:
    """What is in no group, if there is any."""
    return ((Target(name, ""), tuple(events)),) if events else ()
