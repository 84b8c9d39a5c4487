"""A briefing as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..catalog import part_key
from ..edtf import Edtf
from ..independence import origins
from ..markup import plain
from ..records import Briefing, Citation, Claim, Disagreement, Front, Photo, Quote, Unknown
from ..urls import Target, cite_uri, light_uri
from . import parts
from .citing import Work, newest_version, sheet_work
from .history import ChangeView, PartChange, part_changes
from .key_figures import FigureGroup, KeyFigureView, PartKey, figure_groups, figure_of, highlight_keys, key_figure_keys, key_figures
from .library import Library, record_targets, speakers
from .neighbours import RelatedView, other_event, overtaken_claims, related_sheets, short_names
from .parts import CitationView, ClaimView, EventGroups, EventView, Numbers, PlacePoint, QuoteView, StatusCount
from .versions import VersionView, entries_of, version_targets


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


Depth = Literal["minute", "full"]
"""How far into a sheet one has to read to come upon something."""


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source in the page's list, with what rests on it here."""

    citation: CitationView
    depth: Depth
    """Where it is cited first: a reader of less does not need it."""
    carries: tuple[Target, ...]
    claims: int
    """How many claims of the page cite it."""
    alone: int
    """How many of them have no other source."""


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims under one heading.

    `part` is ``text`` for those of the text that the sheet takes apart, ``others`` for the rest, and ``all``
    where there is no such text.
    """

    part: Literal["all", "text", "others"]
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A claim, quotation or event that was withdrawn. `said` is what it said."""

    id: str
    formerly: tuple[str, ...]
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class BriefingView:
    """All of a briefing's page, in the order of the page."""

    briefing: Briefing
    updated: Edtf
    """The day of the last update, or of publication."""
    starting_point: CitationView | None
    highlights: tuple[ClaimView, ...]
    key_figures: tuple[KeyFigureView, ...]
    figures: tuple[FigureGroup, ...]
    fronts: tuple[FrontView, ...]
    claims: tuple[ClaimGroup, ...]
    claim_count: int
    statuses: tuple[StatusCount, ...]
    overtaken: tuple[Target, ...]
    """Other sheets that hold what overtook claims of this one."""
    overtaken_count: int
    """How many of its claims they overtook."""
    short_names: tuple[tuple[str, Target], ...]
    """Abbreviations in its words, with the actors that they stand for."""
    quotes: tuple[QuoteView, ...]
    disagreements: tuple[DisagreementView, ...]
    unknowns: tuple[UnknownView, ...]
    events: tuple[EventView, ...]
    """This sheet's, and those of others that its editor put beside them."""
    strip: EventGroups
    earlier: tuple[RelatedView, ...]
    """Related sheets whose story begins before this one's, and those that begin later."""
    later: tuple[RelatedView, ...]
    photos: tuple[PhotoView, ...]
    points: tuple[PlacePoint, ...]
    areas: tuple[Target, ...]
    """Places that are not on the map: regions, borders, valleys."""
    sources: tuple[SourceUse, ...]
    origins: tuple[str, ...]
    """Names of the independent origins of these sources."""
    withdrawn: tuple[Tombstone, ...]
    """Parts that were taken back."""
    changes: Mapping[str, tuple[PartChange, ...]]
    """By anchor of a part: what entries changed in it, newest first."""
    history: tuple[ChangeView, ...]
    """Newest first."""
    first: Target | None
    """The sheet as it was first published, where it has changed since."""
    version: VersionView | None
    """Which earlier version this is; None for the sheet as it stands."""
    work: Work
    """What to cite."""
    cite: Target
    """How to cite it and its claims as they stand."""
    light: Target
    """The sheet as it stands, in one small file."""


def briefing_view(library: Library, briefing: Briefing, version: VersionView | None = None) -> BriefingView:
    """Resolve a whole briefing.

    Args:
        library: all records; for an earlier version, as that version sees them.
        briefing: without what was withdrawn from it.
        version: which earlier version this is.
    """
    history = entries_of(library, briefing)
    depths = _depths(library, briefing)
    numbers = {source_id: number for number, source_id in enumerate(depths, 1)}
    claims = {claim.id: parts.claim_view(library, briefing, claim, numbers) for claim in briefing.claims}
    events = parts.in_time(parts.event_view(library, briefing, event) for event in briefing.events)
    other_events = parts.in_time(other_event(library, briefing, reference) for reference in briefing.other_events)
    overtaken = overtaken_claims(library, briefing)
    related = related_sheets(library, briefing, overtaken)
    places = _places(library, briefing)
    points = parts.place_points(library, places, {place for front in briefing.fronts for place in front.places})
    start = parts.citations(library, [Citation(source=briefing.starting_point)], numbers) if briefing.starting_point else ()
    resting = _resting(briefing)
    sources = tuple(_source_use(library, source_id, depth, resting.get(source_id, ()), numbers) for source_id, depth in depths.items())
    figures = figure_groups(claims.values())
    return BriefingView(
        briefing=briefing,
        updated=parts.updated(briefing),
        starting_point=start[0] if start else None,
        highlights=tuple(_claim(library, key, claims, briefing, numbers) for key in highlight_keys(briefing)),
        key_figures=key_figures(library, briefing, figures, numbers),
        figures=figures,
        fronts=tuple(_front(library, front, events) for front in briefing.fronts),
        claims=_claim_groups(briefing, tuple(claims.values())),
        claim_count=len(claims),
        statuses=parts.status_counts([claim.status for claim in briefing.claims]),
        overtaken=tuple(view.target for view in related if view.overtakes),
        overtaken_count=len({claim for found in overtaken.values() for claim in found}),
        short_names=short_names(library, briefing),
        quotes=tuple(parts.quote_view(library, briefing, quote, numbers) for quote in briefing.quotes),
        disagreements=tuple(
            DisagreementView(item, tuple(_claim(library, key, claims, briefing, numbers) for key in _rivals(briefing, item)))
            for item in briefing.disagreements
        ),
        unknowns=tuple(UnknownView(item, parts.citations(library, item.sources, numbers)) for item in briefing.unknowns),
        events=parts.in_time((*events, *other_events)),
        strip=(*parts.by_strand(events), *parts.rest_of("On other sheets", other_events)),
        earlier=tuple(view for view in related if view.briefing.covers.sort_key < briefing.covers.sort_key),
        later=tuple(view for view in related if view.briefing.covers.sort_key >= briefing.covers.sort_key),
        photos=tuple(PhotoView(item, parts.citations(library, item.sources, numbers)) for item in briefing.photos),
        points=points,
        areas=record_targets(library, "place", [name for name in places if name not in {point.place.id for point in points}]),
        sources=sources,
        origins=tuple(sorted({parts.origin_name(library, origin) for origin in origins(library.catalog, depths)}, key=str.casefold)),
        withdrawn=_tombstones(library.whole.briefings[briefing.id]),
        changes=part_changes(history),
        history=history,
        first=version_targets(briefing)[0] if history else None,
        version=version,
        work=sheet_work(library, briefing, version.here if version else newest_version(library, briefing)),
        cite=Target("Cite", cite_uri(briefing.id)),
        light=Target("light copy", light_uri(briefing.id)),
    )


def _figure_ids(claim: Claim) -> Iterator[str]:
    """Every id that a claim's figures have or had."""
    for figure in claim.figures:
        yield from (figure.id, *figure.formerly)


def _tombstones(briefing: Briefing) -> tuple[Tombstone, ...]:
    """What was withdrawn from a sheet, in its order."""
    claims = [
        # Its figures went with it, and links to them too should end where it says why.
        Tombstone(part.id, (*part.formerly, *_figure_ids(part)), plain(part.text), part.withdrawn)
        for part in briefing.claims
        if part.withdrawn
    ]
    quotes = [Tombstone(part.id, part.formerly, f"“{part.text}”", part.withdrawn) for part in briefing.quotes if part.withdrawn]
    events = [Tombstone(part.id, part.formerly, part.title, part.withdrawn) for part in briefing.events if part.withdrawn]
    return (*claims, *quotes, *events)


def _depths(library: Library, briefing: Briefing) -> dict[str, Depth]:
    """The page's sources in order of first use, each with how far one reads to come upon it."""
    of_key = library.catalog.claims
    key_figures = [figure_of(library, briefing, key)[1] for key in key_figure_keys(library, briefing)]
    cited: tuple[tuple[Depth, Iterable[Citation]], ...] = (
        ("minute", [Citation(source=briefing.starting_point)] if briefing.starting_point else ()),
        ("minute", (found for key in highlight_keys(briefing) for found in of_key[key].sources)),
        ("minute", (found for claim in key_figures for found in claim.sources)),
        ("full", (found for item in briefing.disagreements for key in _rivals(briefing, item) for found in of_key[key].sources)),
        ("full", (found for unknown in briefing.unknowns for found in unknown.sources)),
        ("full", (found for claim in briefing.claims for found in claim.sources)),
        ("full", (found for quote in briefing.quotes for found in _cited_by_quote(quote))),
        ("full", (found for photo in briefing.photos for found in photo.sources)),
    )
    depths: dict[str, Depth] = {}
    for depth, citations in cited:
        for citation in citations:
            depths.setdefault(citation.source, depth)
    return depths


def _cited_by_quote(quote: Quote) -> Iterator[Citation]:
    yield from quote.sources
    for alteration in quote.alterations:
        yield from alteration.sources
    for variant in quote.variants:
        yield from variant.sources


def _rivals(briefing: Briefing, item: Disagreement) -> list[PartKey]:
    return [part_key(briefing.id, reference) for reference in item.claims]


def _claim(library: Library, key: PartKey, own: Mapping[str, ClaimView], briefing: Briefing, numbers: Numbers) -> ClaimView:
    """A claim that this sheet shows, of its own or of another."""
    if key[0] == briefing.id:
        return own[key[1]]
    return parts.claim_view(library, library.heads[key[0]], library.catalog.claims[key], numbers)


def _claim_groups(briefing: Briefing, claims: tuple[ClaimView, ...]) -> tuple[ClaimGroup, ...]:
    """The claims of the text taken apart, then what others say."""
    if briefing.starting_point is None:
        return (ClaimGroup("all", claims),)
    start = briefing.starting_point
    text = tuple(view for view in claims if any(cited.source == start for cited in view.claim.sources))
    of_text = {view.claim.id for view in text}
    others = tuple(view for view in claims if view.claim.id not in of_text)
    return tuple(group for group in (ClaimGroup("text", text), ClaimGroup("others", others)) if group.claims)


def _front(library: Library, front: Front, events: tuple[EventView, ...]) -> FrontView:
    return FrontView(
        front,
        record_targets(library, "place", front.places),
        speakers(library, front.actors),
        tuple(view for view in events if view.event.front == front.id),
    )


def _places(library: Library, briefing: Briefing) -> list[str]:
    """Where the sheet is, and where the claims are that it begins with."""
    found = [place for front in briefing.fronts for place in front.places]
    found += [place for claim in briefing.claims for place in claim.places]
    found += [place for event in briefing.events for place in event.places]
    found += [place for key in highlight_keys(briefing) for place in library.catalog.claims[key].places]
    return list(dict.fromkeys(found))


def _resting(briefing: Briefing) -> Mapping[str, list[frozenset[str]]]:
    """By source: what each claim that cites it rests on."""
    found: dict[str, list[frozenset[str]]] = {}
    for claim in briefing.claims:
        sources = frozenset(cited.source for cited in claim.sources)
        for source_id in sources:
            found.setdefault(source_id, []).append(sources)
    return found


def _source_use(library: Library, source_id: str, depth: Depth, resting: Sequence[frozenset[str]], numbers: Numbers) -> SourceUse:
    citation = parts.citations(library, [Citation(source=source_id)], numbers)[0]
    return SourceUse(
        citation=citation,
        depth=depth,
        carries=parts.carried(library, source_id),
        claims=len(resting),
        alone=sum(len(sources) == 1 for sources in resting),
    )
