"""Places and events for maps, as GeoJSON (RFC 7946): longitude before latitude, in WGS 84."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..catalog import part_key
from ..markup import plain
from ..records import Briefing, Citation, Event, Place
from ..views.library import Library
from ..views.parts import AREA_KM, PlacePoint, place_points
from .file import OutputFile, Site
from .pieced import Pieced, json_list, json_piece
from .tables import DATA
from .values import Describer, Value, date

PLACES = f"{DATA}/places.geojson"
EVENTS = f"{DATA}/events.geojson"


def geojson(library: Library, site: Site) -> Iterator[OutputFile]:
    """Both files."""
    places, events = collections(site)
    yield places.file(place_piece(library, site, place) for place in library.catalog.places.values())
    yield events.file(piece for briefing in library.catalog.briefings.values() for piece in event_pieces(library, site, briefing))


def collections(site: Site) -> tuple[Pieced, Pieced]:
    """What stands around the places and around the events."""
    return (
        _collection(PLACES, site, "Places", "A point is good to about precision_km kilometres; one that stands for an area says so."),
        _collection(
            EVENTS, site, "Events", "At the points of their places; an area's point is there only where no place has a better one."
        ),
    )


def place_piece(library: Library, site: Site, place: Place) -> bytes:
    """A place among the others."""
    return json_piece(_place(library, Describer(library, site), place))


def event_pieces(library: Library, site: Site, briefing: Briefing) -> Iterator[bytes]:
    """Each event of a sheet."""
    say = Describer(library, site)
    return (json_piece(_event(library, say, briefing, event)) for event in briefing.events)


def _collection(path: str, site: Site, title: str, about: str) -> Pieced:
    whose = {"title": f"{title}: {site.name}", "description": about, "url": site.address(path), "terms": site.terms}
    return json_list(path, {"type": "FeatureCollection", **whose}, "features")


def _feature(feature_id: str, points: Iterable[PlacePoint], properties: dict[str, Value]) -> dict[str, Value]:
    found = [[point.place.coordinates.lon, point.place.coordinates.lat] for point in points if point.place.coordinates]
    geometry: Value = None
    if len(found) == 1:
        geometry = {"type": "Point", "coordinates": found[0]}
    elif found:
        geometry = {"type": "MultiPoint", "coordinates": found}
    return {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": properties}


def _precision(points: Iterable[PlacePoint]) -> dict[str, Value]:
    """How good the worst of some points is, and whether it is a place's or an area's."""
    worst = max((point.place.coordinates.precision_km for point in points if point.place.coordinates), default=None)
    stands_for = None if worst is None else "area" if worst > AREA_KM else "place"
    return {"precision_km": worst, "stands_for": stands_for}


def _place(library: Library, say: Describer, place: Place) -> dict[str, Value]:
    points = place_points(library, [place.id], ())
    where = place.coordinates
    properties = {
        **say.reference("place", place.id),
        "names": dict(place.names),
        # What `kind` says of every record, a place's own word says more finely.
        "place_kind": place.kind,
        "country": place.country,
        "within": say.reference("place", place.within) if place.within else None,
        **_precision(points),
        "point_sources": [_citation(library, say, citation) for citation in where.sources] if where else [],
        "point_note": plain(where.note) if where and where.note else None,
    }
    return _feature(place.id, points, properties)


def _event(library: Library, say: Describer, briefing: Briefing, event: Event) -> dict[str, Value]:
    points = place_points(library, event.places, ())
    here = say.part(briefing.id, event.id)
    properties = {
        "title": event.title,
        "date": date(event.date),
        "phrase": event.phrase,
        "summary": plain(event.summary) if event.summary else None,
        "briefing": say.reference("briefing", briefing.id),
        "places": [say.reference("place", place) for place in event.places],
        "points_of": [point.place.id for point in points],
        **_precision(points),
        "actors": [say.speaker(actor) for actor in event.actors],
        "claims": [_claim(library, say, part_key(briefing.id, ref)) for ref in event.claims],
        "url": here["url"],
        "api": here["api"],
    }
    return _feature(f"{briefing.id}#{event.id}", points, properties)


def _claim(library: Library, say: Describer, key: tuple[str, str]) -> Value:
    """A claim with all that it must not be told without."""
    claim = library.catalog.claims[key]
    return {
        **say.part(*key),
        "said_by": [say.speaker(speaker) for speaker in claim.said_by],
        "said_on": date(claim.said_on),
        "status": claim.status,
        "sources": [_citation(library, say, citation) for citation in claim.sources],
    }


def _citation(library: Library, say: Describer, citation: Citation) -> Value:
    source = library.catalog.sources[citation.source]
    return {
        **say.reference("source", source.id),
        "publisher": source.publisher,
        "date": date(source.date) if source.date else None,
        "locator": citation.locator,
        "original": source.url,
    }
