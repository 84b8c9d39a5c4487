"""Places and events as GeoJSON: a validator takes it, and it says what the records say."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import simplejson
from geojson_pydantic import FeatureCollection, MultiPoint, Point
from pydantic import ValidationError

from generator.catalog import part_key
from generator.records import Event
from tests.outputs.conftest import SITE, Made

AREA = Decimal(25)


def parsed(made: Made, name: str) -> FeatureCollection[Any]:
    return FeatureCollection.model_validate_json(made.files[f"data/{name}.geojson"])


def read(made: Made, name: str) -> dict[str, Any]:
    """Features by their ids, numbers with their digits."""
    features = simplejson.loads(made.files[f"data/{name}.geojson"], use_decimal=True)["features"]
    found = {feature["id"]: feature for feature in features}
    assert len(found) == len(features)
    return found


def test_it_is_geojson(some: Made) -> None:
    """RFC 7946: features of points, many points or no place; no member that names a reference system."""
    for name in ("places", "events"):
        collection = parsed(some, name)
        for feature in collection.features:
            assert feature.geometry is None or isinstance(feature.geometry, Point | MultiPoint)
            assert feature.id
            for point in (
                [feature.geometry.coordinates] if isinstance(feature.geometry, Point) else getattr(feature.geometry, "coordinates", [])
            ):
                assert len(point) == 2 and -180 <= point[0] <= 180 and -90 <= point[1] <= 90
        raw = simplejson.loads(some.files[f"data/{name}.geojson"])
        assert "crs" not in raw and raw["terms"] == SITE.terms
        assert raw["url"] == SITE.address(f"data/{name}.geojson")


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"type": "Feature",', b'"type": "Place",'), (b'"Point"', b'"Dot"'), (b'"features"', b'"places"'), (b"coordinates", b"at")],
)
def test_the_validator_would_find_a_fault(base: Made, old: bytes, new: bytes) -> None:
    content = base.files["data/places.geojson"]
    assert old in content
    with pytest.raises(ValidationError):
        FeatureCollection.model_validate_json(content.replace(old, new))


def test_every_place_is_there_with_its_point_and_who_says_so(some: Made) -> None:
    found = read(some, "places")
    assert list(found) == [place.id for place in some.records.places.values() if not place.withdrawn]
    for place in some.records.places.values():
        feature, said = found[place.id], found[place.id]["properties"]
        assert (said["id"], said["name"], said["names"]) == (place.id, place.name, dict(place.names))
        assert (said["place_kind"], said["country"]) == (place.kind, place.country)
        assert said["url"] == f"{SITE.url}places/{place.id}/" and said["api"] == f"{SITE.url}api/v1/places/{place.id}.json"
        if not place.coordinates:
            assert feature["geometry"] is None and said["precision_km"] is None and said["point_sources"] == []
            continue
        where = place.coordinates
        # As text: 35.1 and 35.10 are equal as numbers.
        assert list(map(str, feature["geometry"]["coordinates"])) == [str(where.lon), str(where.lat)]
        assert str(said["precision_km"]) == str(where.precision_km)
        assert said["stands_for"] == ("area" if where.precision_km > AREA else "place")
        assert [(source["id"], source["locator"]) for source in said["point_sources"]] == [
            (citation.source, citation.locator) for citation in where.sources
        ]


def test_longitude_comes_first(real: Made) -> None:
    """Rawa lies 34.5° north and 41.9° east."""
    lon, lat = read(real, "places")["rawa"]["geometry"]["coordinates"]
    assert 41 < lon < 43 and 34 < lat < 35


def test_every_event_is_there_with_what_supports_it(some: Made) -> None:
    found = read(some, "events")
    events = [(briefing.id, event) for briefing in some.records.briefings.values() for event in briefing.events if not event.withdrawn]
    assert list(found) == [f"{briefing}#{event.id}" for briefing, event in events]
    for briefing, event in events:
        said = found[f"{briefing}#{event.id}"]["properties"]
        assert (said["title"], said["date"]["edtf"], said["phrase"]) == (event.title, event.date.text, event.phrase)
        assert said["date"]["earliest"] == (event.date.earliest.isoformat() if event.date.start else None)
        assert said["date"]["latest"] == (event.date.latest.isoformat() if event.date.end else None)
        assert said["briefing"]["id"] == briefing and said["url"] == f"{SITE.url}briefings/{briefing}/#{event.id}"
        assert [place["id"] for place in said["places"]] == list(event.places)
        assert [actor["id"] for actor in said["actors"]] == list(event.actors)
        assert [told(claim) for claim in said["claims"]] == [
            expected(some, key) for key in (part_key(briefing, ref) for ref in event.claims)
        ]
        check_points(some, event, found[f"{briefing}#{event.id}"])


def told(claim: Any) -> tuple[Any, ...]:
    sources = [
        (source["id"], source["locator"], source["publisher"], source["date"] and source["date"]["edtf"]) for source in claim["sources"]
    ]
    return (
        claim["briefing"],
        claim["id"],
        [who["id"] for who in claim["said_by"]],
        claim["said_on"]["edtf"],
        claim["status"],
        sources,
    )


def expected(made: Made, key: tuple[str, str]) -> tuple[Any, ...]:
    claim = made.records.claims[key]
    cited = [(made.records.sources[citation.source], citation.locator) for citation in claim.sources]
    sources = [(source.id, locator, source.publisher, source.date and source.date.text) for source, locator in cited]
    return (*key, list(claim.said_by), claim.said_on.text, claim.status, sources)


def check_points(made: Made, event: Event, feature: Any) -> None:
    """Every place with a good point; areas only where there is nothing better; nothing where there is no point."""
    where = [place.coordinates for place in map(made.records.places.__getitem__, dict.fromkeys(event.places)) if place.coordinates]
    shown = [point for point in where if point.precision_km <= AREA] or where
    geometry, said = feature["geometry"], feature["properties"]
    if not shown:
        assert geometry is None and said["precision_km"] is None and said["stands_for"] is None
        return
    points = [geometry["coordinates"]] if geometry["type"] == "Point" else geometry["coordinates"]
    assert (geometry["type"] == "Point") == (len(shown) == 1)
    assert points == [[point.lon, point.lat] for point in shown]
    assert said["precision_km"] == max(point.precision_km for point in shown)
    assert (said["stands_for"] == "area") == (said["precision_km"] > AREA)


def test_all_kinds_of_geometry_are_there(real: Made) -> None:
    kinds = {feature["geometry"] and feature["geometry"]["type"] for feature in read(real, "events").values()}
    assert kinds >= {"Point", "MultiPoint"}
    assert {feature["properties"]["stands_for"] for feature in read(real, "places").values()} == {"place", "area", None}


def test_points_keep_their_digits_and_areas_say_so(content: Path, make: Callable[[Path], Made]) -> None:
    def point(name: str, lat: str, lon: str, precision: str) -> None:
        file = content / "places" / f"{name}.yaml"
        bare = re.sub(r"^coordinates:\n(?: .*\n)+", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        where = f"coordinates:\n  lat: {lat}\n  lon: {lon}\n  precision_km: {precision}\n  sources: [gazette-own-report]\n"
        file.write_text(bare + where, encoding="utf-8")

    briefing = content / "briefings" / "fable-flood.yaml"
    text = briefing.read_text(encoding="utf-8")
    for places in ("upper-example", "upper-example, lower-example"):
        briefing.write_text(
            text.replace("front: upstream\n    places: [upper-example]\n    claims", f"places: [{places}]\n    claims"), encoding="utf-8"
        )
        point("upper-example", "-10.50", "170.10", "25.1")
        point("lower-example", "-0.000001", "-180.0", "25.0")
        made = make(content)
        event, raw = read(made, "events")["fable-flood#ev-rise"], made.files["data/events.geojson"].decode()
        flat = re.sub(r"\s", "", raw)
        if places == "upper-example":
            assert '"coordinates":[170.10,-10.50]' in flat
            assert event["properties"]["precision_km"] == Decimal("25.1") and event["properties"]["stands_for"] == "area"
        else:
            assert re.search(r'"type":"Point","coordinates":\[-180\.0,(-0\.000001|-0?1e-0?6)\]', flat, re.IGNORECASE)
            assert event["properties"]["points_of"] == ["lower-example"] and event["properties"]["stands_for"] == "place"
        parsed(made, "places")


def test_hostile_text_comes_back_as_it_was(content: Path, make: Callable[[Path], Made]) -> None:
    hostile = '</script>]]> "x" \\ =1+1 \u05d0.'
    for name, old in (("places/upper-example", "name: Upper Example\n"), ("briefings/fable-flood", "title: The river rises\n")):
        file = content / f"{name}.yaml"
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, f"{old.partition(':')[0]}: {simplejson.dumps(hostile)}\n"), encoding="utf-8")
    made = make(content)
    assert hostile in {feature.properties["name"] for feature in parsed(made, "places").features}
    assert [feature.properties["title"] for feature in parsed(made, "events").features] == [hostile]


def test_what_was_withdrawn_is_on_no_map(content: Path, make: Callable[[Path], Made]) -> None:
    briefing = content / "briefings" / "fable-flood.yaml"
    text = briefing.read_text(encoding="utf-8").replace("  - id: ev-rise\n", "  - id: ev-rise\n    withdrawn: It did not.\n")
    briefing.write_text(text, encoding="utf-8")
    (content / "places" / "nowhere.yaml").write_text("name: Nowhere\nkind: town\nwithdrawn: There is none.\n", encoding="utf-8")
    made = make(content)
    assert "nowhere" not in read(made, "places") and "fable-flood#ev-rise" not in read(made, "events")


def test_citations_say_whose_they_are(real: Made) -> None:
    found = [source for feature in read(real, "places").values() for source in feature["properties"]["point_sources"]]
    assert found
    for source in found:
        record = real.records.sources[source["id"]]
        assert (source["publisher"], source["name"], source["original"]) == (record.publisher, record.title, record.url)
