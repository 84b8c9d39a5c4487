"""A briefing as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ..catalog import claim_key
from ..records import Briefing, Citation, Claim, Disagreement, Front, Photo, Unknown, Update
from ..urls import Target, record_uri
from . import parts
from .parts import CitationView, ClaimView, EventView, FigureView, Library, Numbers, PlacePoint, QuoteView


@dataclass(frozen=True, slots=True)
class FrontView:
    """One strand with its links."""

    front: Front
    places: tuple[Target, ...]
    actors: tuple[Target, ...]
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """A question with its rival claims side by side."""

    disagreement: Disagreement
    positions: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class UnknownView:
    """A question without an answer, with what comes nearest."""

    unknown: Unknown
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A picture, or the record of one, with where it was printed."""

    photo: Photo
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source in the page's list, with what rests on it here."""

    citation: CitationView
    carries: tuple[Target, ...]
    claims: tuple[Target, ...]
    alone: tuple[Target, ...]
    """The claims that have no other source."""


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Rival values of one measure, by the date they are about."""

    measure: Target
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims under one heading.

    `part` is ``text`` for those of the text that the sheet takes apart, ``others`` for the rest, and ``all``
    where there is no such text.
    """

    part: Literal["all", "text", "others"]
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many claims have a status."""

    status: str
    count: int


@dataclass(frozen=True, slots=True)
class BriefingView:
    """All of a briefing's page, in the order of the page."""

    briefing: Briefing
    updated: str
    """The day of the last update, or of publication: ISO."""
    starting_point: CitationView | None
    highlights: tuple[ClaimView, ...]
    figures: tuple[FigureGroup, ...]
    fronts: tuple[FrontView, ...]
    claims: tuple[ClaimGroup, ...]
    claim_count: int
    statuses: tuple[StatusCount, ...]
    quotes: tuple[QuoteView, ...]
    disagreements: tuple[DisagreementView, ...]
    unknowns: tuple[UnknownView, ...]
    events: tuple[EventView, ...]
    photos: tuple[PhotoView, ...]
    places: tuple[Target, ...]
    points: tuple[PlacePoint, ...]
    sources: tuple[SourceUse, ...]
    origins: tuple[str, ...]
    history: tuple[Update, ...]
    """Newest first."""


def briefing_view(library: Library, briefing: Briefing) -> BriefingView:
    """Resolve a whole briefing."""
    numbers = _numbering(briefing)
    claims = {claim.id: parts.claim_view(library, briefing, claim, numbers) for claim in briefing.claims}
    events = parts.in_time(parts.event_view(library, briefing, event) for event in briefing.events)
    history = tuple(reversed(briefing.updates))
    start = parts.citations(library, [Citation(source=briefing.starting_point)], numbers) if briefing.starting_point else ()
    sources = tuple(_source_use(library, briefing, source_id, numbers) for source_id in numbers)
    return BriefingView(
        briefing=briefing,
        updated=str(history[0].at if history else briefing.published),
        starting_point=start[0] if start else None,
        highlights=tuple(claims[claim_id] for claim_id in briefing.highlights),
        figures=_figure_groups(claims.values()),
        fronts=tuple(_front(library, front, events) for front in briefing.fronts),
        claims=_claim_groups(briefing, tuple(claims.values())),
        claim_count=len(claims),
        statuses=_status_counts(briefing.claims),
        quotes=tuple(parts.quote_view(library, briefing, quote, numbers) for quote in briefing.quotes),
        disagreements=tuple(_disagreement(library, briefing, item, claims, numbers) for item in briefing.disagreements),
        unknowns=tuple(UnknownView(item, parts.citations(library, item.sources, numbers)) for item in briefing.unknowns),
        events=events,
        photos=tuple(PhotoView(item, parts.citations(library, item.sources, numbers)) for item in briefing.photos),
        places=parts.record_targets(library, "place", _places(briefing)),
        points=parts.place_points(library, _places(briefing), {place for front in briefing.fronts for place in front.places}),
        sources=sources,
        origins=tuple(sorted({origin for claim in claims.values() for origin in claim.origins}, key=str.casefold)),
        history=history,
    )


def _numbering(briefing: Briefing) -> Numbers:
    """Numbers for the sources, in order of first use on the page."""
    order = dict.fromkeys(citation.source for citation in _cited(briefing))
    return {source_id: number for number, source_id in enumerate(order, 1)}


def _cited(briefing: Briefing) -> Iterator[Citation]:
    if briefing.starting_point:
        yield Citation(source=briefing.starting_point)
    by_id = {claim.id: claim for claim in briefing.claims}
    for claim_id in briefing.highlights:
        yield from by_id[claim_id].sources
    for claim in briefing.claims:
        yield from claim.sources
    for quote in briefing.quotes:
        yield from quote.sources
        for alteration in quote.alterations:
            yield from alteration.sources
        for variant in quote.variants:
            yield from variant.sources
    for unknown in briefing.unknowns:
        yield from unknown.sources
    for photo in briefing.photos:
        yield from photo.sources


def _claim_groups(briefing: Briefing, claims: tuple[ClaimView, ...]) -> tuple[ClaimGroup, ...]:
    """The claims of the text taken apart, then what others say."""
    if briefing.starting_point is None:
        return (ClaimGroup("all", claims),)
    start = briefing.starting_point
    text = tuple(view for view in claims if any(cited.source == start for cited in view.claim.sources))
    others = tuple(view for view in claims if view not in text)
    return tuple(group for group in (ClaimGroup("text", text), ClaimGroup("others", others)) if group.claims)


def _figure_groups(claims: Iterable[ClaimView]) -> tuple[FigureGroup, ...]:
    """Figures by measure, in order of first mention."""
    groups: dict[Target, list[FigureView]] = {}
    for figure in (figure for claim in claims for figure in claim.figures):
        groups.setdefault(figure.measure, []).append(figure)
    return tuple(
        FigureGroup(measure, tuple(sorted(found, key=lambda view: (view.figure.as_of.sort_key, view.figure.id))))
        for measure, found in groups.items()
    )


def _front(library: Library, front: Front, events: tuple[EventView, ...]) -> FrontView:
    return FrontView(
        front,
        parts.record_targets(library, "place", front.places),
        parts.speakers(library, front.actors),
        tuple(view for view in events if view.event.front == front.id),
    )


def _disagreement(
    library: Library, briefing: Briefing, item: Disagreement, claims: dict[str, ClaimView], numbers: Numbers
) -> DisagreementView:
    positions = []
    for reference in item.claims:
        owner, claim_id = claim_key(briefing.id, reference)
        if owner == briefing.id:
            positions.append(claims[claim_id])
        else:
            other = library.catalog.briefings[owner]
            positions.append(parts.claim_view(library, other, library.catalog.claims[owner, claim_id], numbers))
    return DisagreementView(item, tuple(positions))


def _places(briefing: Briefing) -> list[str]:
    found = [place for front in briefing.fronts for place in front.places]
    found += [place for claim in briefing.claims for place in claim.places]
    found += [place for event in briefing.events for place in event.places]
    return list(dict.fromkeys(found))


def _status_counts(claims: tuple[Claim, ...]) -> tuple[StatusCount, ...]:
    order = ("corroborated", "reported", "disputed", "superseded")
    counts = ((status, sum(claim.status == status for claim in claims)) for status in order)
    return tuple(StatusCount(status, count) for status, count in counts if count)


def _source_use(library: Library, briefing: Briefing, source_id: str, numbers: Numbers) -> SourceUse:
    citation = parts.citations(library, [Citation(source=source_id)], numbers)[0]
    resting = [claim for claim in briefing.claims if any(cited.source == source_id for cited in claim.sources)]
    return SourceUse(
        citation=citation,
        carries=carried(library, source_id),
        claims=tuple(parts.claim_target(briefing, claim) for claim in resting),
        alone=tuple(parts.claim_target(briefing, claim) for claim in resting if len({cited.source for cited in claim.sources}) == 1),
    )


def carried(library: Library, source_id: str) -> tuple[Target, ...]:
    """What a source repeats: links to sources and actors."""
    found = []
    for carried_id in library.catalog.sources[source_id].carries:
        source = library.catalog.sources.get(carried_id)
        if source:
            found.append(Target(f"{source.publisher}: {source.title}", record_uri("source", carried_id)))
        else:
            found.extend(parts.speakers(library, [carried_id]))
    return tuple(found)
